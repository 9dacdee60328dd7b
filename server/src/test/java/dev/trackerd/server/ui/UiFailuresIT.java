package dev.trackerd.server.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What may go wrong between the page and the server. */
@ExtendWith(UiExtension.class)
class UiFailuresIT {

  private static final String TRACKER = "/v1/manage/tracker(/.*)?";
  private static final String PHRASES = "Phrases, one per line";

  @Test
  void save_leadsToSignInWhenTheTokenHasExpired(UiPage ui) {
    ui.signIn();
    draft(ui);
    ui.answer(TRACKER, 401, "{\"code\":16,\"message\":\"Token validation failed.\"}");
    ui.button("Create tracker").click();
    assertThat(ui.heading("Sign in")).isVisible();
    assertThat(ui.text("Your session has expired.")).isVisible();
    assertThat((Integer) ui.page().evaluate("sessionStorage.length")).isZero();
    ui.answerAsItIs();
    ui.signIn();
    assertThat(ui.field("Name")).hasValue("Typed");
    assertThat(ui.field(PHRASES)).hasValue("one\ntwo");
    ui.button("Create tracker").click();
    assertThat(ui.text("Created “Typed”.")).isVisible();
  }

  @Test
  void save_isTriedAgainWhenTheAccountIsBusy(UiPage ui) {
    ui.signIn();
    draft(ui);
    AtomicInteger calls = new AtomicInteger();
    ui.page()
        .route(
            Pattern.compile(".*" + TRACKER),
            route -> {
              if (calls.incrementAndGet() > 2) {
                route.resume();
              } else {
                route.fulfill(
                    new com.microsoft.playwright.Route.FulfillOptions()
                        .setStatus(429)
                        .setHeaders(java.util.Map.of("retry-after", "1"))
                        .setBody("{\"code\":8,\"message\":\"one at a time\"}"));
              }
            });
    ui.button("Create tracker").click();
    assertThat(ui.text("Another change to this account is under way.")).isVisible();
    assertThat(ui.text("Created “Typed”.")).isVisible();
    assertThat(calls).hasValue(3);
    assertThat(ui.page().getByText("is under way")).hasCount(0);
  }

  @Test
  void save_explainsFailuresAndLosesNothing(UiPage ui) {
    ui.signIn();
    draft(ui);
    fails(ui, 413, "the server takes at most 1 MiB at a time");
    fails(ui, 502, "The service behind this page can’t be reached");
    fails(ui, 504, "The service took too long to answer.");
    fails(ui, 400, "tracker.name: expected: something else");
    ui.page().context().setOffline(true);
    ui.button("Create tracker").click();
    assertThat(ui.text("You are offline.")).isVisible();
    assertThat(ui.field(PHRASES)).hasValue("one\ntwo");
    ui.page().context().setOffline(false);
    ui.button("Create tracker").click();
    assertThat(ui.text("Created “Typed”.")).isVisible();
  }

  @Test
  void list_canBeLoadedAgain(UiPage ui) {
    ui.answer("/v1/manage/trackers.*", 502, "{}");
    ui.signIn();
    assertThat(ui.text("The list could not be loaded.")).isVisible();
    ui.answerAsItIs();
    ui.button("Try again").click();
    assertThat(ui.heading("No trackers yet")).isVisible();
  }

  @Test
  void editor_saysThatATrackerIsGone(UiPage ui) {
    ui.signIn();
    ui.visit("#/trackers/1234567890123456");
    assertThat(ui.text("This tracker no longer exists")).isVisible();
  }

  private static void draft(UiPage ui) {
    ui.visit("#/trackers/new");
    ui.field("Name").fill("Typed");
    ui.field(PHRASES).fill("one\ntwo");
  }

  private static void fails(UiPage ui, int status, String words) {
    ui.answer(TRACKER, status, "{\"message\":\"tracker.name: expected: something else\"}");
    ui.button("Create tracker").click();
    assertThat(ui.text(words)).isVisible();
    assertThat(ui.field("Name")).hasValue("Typed");
    ui.answerAsItIs();
  }
}
