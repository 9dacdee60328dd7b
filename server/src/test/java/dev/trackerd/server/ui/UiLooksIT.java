package dev.trackerd.server.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every view, by day, by night and on a phone, as people see it who see well or do not. */
@ExtendWith(UiExtension.class)
class UiLooksIT {

  private static final String EVENTS =
      """
      {"eventTrackers":[
        {"name":"MovieClickTracker","status":"ACTIVE","creationDateTime":1700000000.123,
         "eventTrackerArn":"arn:aws:personalize:us-east-1:123456789012:event-tracker/d2e0162e"},
        {"name":"ShopTracker","status":"CREATE IN_PROGRESS","creationDateTime":1700000100,
         "eventTrackerArn":"arn:aws:personalize:us-east-1:123456789012:event-tracker/0badcafe"}]}""";
  private static final String MAKE_EVENT_TRACKER =
      """
      async () => {
        const { token } = JSON.parse(sessionStorage['trackerd.session']);
        const post = async (path, body) => (await fetch(path, {
          method: 'POST',
          headers: { Authorization: 'Bearer ' + token, 'Content-Type': 'application/json' },
          body: JSON.stringify(body),
        })).json();
        const { datasetGroupArn } = await post('/v1/dataset-groups', { name: 'shop' });
        await post('/v1/event-trackers', { name: 'MovieClickTracker', datasetGroupArn });
      }""";

  @Test
  void views_areGoodByDay(UiPage ui) {
    tour(ui, "light");
    assertThat(background(ui)).isEqualTo("rgb(255, 255, 255)");
  }

  @Test
  void views_areGoodByNight(UiPage ui) {
    ui.dark();
    tour(ui, "dark");
    assertThat(background(ui)).isEqualTo("rgb(19, 23, 31)");
  }

  @Test
  void views_fitAPhone(UiPage ui) {
    ui.phone();
    tour(ui, "phone");
  }

  @Test
  void focus_isVisible(UiPage ui) {
    ui.field("Key id").focus();
    ui.page().keyboard().press("Tab");
    String outline =
        (String) ui.page().evaluate("getComputedStyle(document.activeElement).outlineStyle");
    assertThat(outline).isEqualTo("solid");
  }

  @Test
  void events_areDeletedAfterAQuestion(UiPage ui) {
    ui.signIn();
    ui.page().evaluate(MAKE_EVENT_TRACKER);
    ui.link("Event trackers").click();
    assertThat(ui.text("arn:aws:personalize:us-east-1:")).isVisible();
    assertThat(ui.text("ACTIVE")).isVisible();
    ui.button("Delete MovieClickTracker").click();
    assertThat(ui.heading("Delete this event tracker?")).isVisible();
    ui.button("Delete").click();
    assertThat(ui.text("Deletion of “MovieClickTracker” has begun.")).isVisible();
    assertThat(ui.heading("No event trackers yet")).isVisible();
  }

  @Test
  void events_areHiddenWhereTheServerHasNone(UiPage ui) {
    ui.answer("/v1/event-trackers.*", 404, "{\"code\":5}");
    ui.signIn();
    assertThat(ui.heading("No trackers yet")).isVisible();
    assertThat(ui.link("Event trackers")).hasCount(0);
  }

  @Test
  void policy_stopsWhatIsNotOurs(UiPage ui) {
    String stopped =
        (String)
            ui.page()
                .evaluate(
                    """
                    () => new Promise((done) => {
                      document.addEventListener('securitypolicyviolation',
                        (event) => done(event.effectiveDirective), { once: true });
                      document.body.setAttribute('style', 'color: red');
                    })""");
    assertThat(stopped).startsWith("style-src");
    assertThat(ui.forgive()).anyMatch(fault -> fault.contains("Content Security Policy"));
  }

  private static void tour(UiPage ui, String look) {
    ui.answer("/v1/event-trackers.*", 200, EVENTS);
    assertThat(ui.heading("Sign in")).isVisible();
    ui.inspect("sign-in-" + look);
    ui.signIn("wrong");
    assertThat(ui.text("The server does not know this id")).isVisible();
    ui.inspect("sign-in-refused-" + look);
    ui.signIn();
    assertThat(ui.heading("No trackers yet")).isVisible();
    ui.inspect("list-empty-" + look);
    ui.create("Promotion Mention", "We have a special promotion going on", "Flash sale");
    ui.create("Voice Message", "Please leave message", "press to record", "after the tone");
    ui.inspect("list-" + look);
    ui.visit("#/trackers/new");
    ui.field("Name").fill("Denial");
    ui.field("Phrases, one per line").fill("No thanks\nI am not interested\n\nNo thanks");
    ui.inspect("new-" + look);
    ui.button("Discard changes").click();
    ui.link("Voice Message").click();
    assertThat(ui.button("Save changes")).isVisible();
    ui.inspect("edit-" + look);
    ui.button("Delete tracker").click();
    ui.inspect("delete-" + look);
    ui.button("Delete").click();
    assertThat(ui.button("Undo")).isVisible();
    ui.inspect("undo-" + look);
    ui.link("Import & export").click();
    assertThat(ui.button("Export all trackers")).isVisible();
    ui.inspect("transfer-" + look);
    ui.link("Event trackers").click();
    assertThat(ui.text("MovieClickTracker")).isVisible();
    ui.inspect("events-" + look);
  }

  private static String background(UiPage ui) {
    return (String)
        ui.page().evaluate("getComputedStyle(document.documentElement).backgroundColor");
  }
}
