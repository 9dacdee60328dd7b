package dev.trackerd.server.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(UiExtension.class)
class UiIT {

  @Test
  void signIn_showsWhatATrackerIs(UiPage ui) {
    ui.signIn();
    assertThat(ui.heading("No trackers yet")).isVisible();
    assertThat(ui.text("is a named list of phrases")).isVisible();
  }

  @Test
  void signIn_refusesAWrongSecret(UiPage ui) {
    ui.signIn("wrong");
    assertThat(ui.text("The server does not know this id with this secret.")).isVisible();
    assertThat(ui.field("Key id")).hasValue(ui.key());
    assertThat(stored(ui)).isEqualTo("0 0");
  }

  @Test
  void signIn_takesATokenAndKeepsItInTheTabOnly(UiPage ui) {
    ui.signIn();
    String token =
        (String) ui.page().evaluate("JSON.parse(sessionStorage['trackerd.session']).token");
    assertThat(token.split("\\.")).hasSize(3);
    assertThat(stored(ui)).isEqualTo("1 0");
    ui.button("Sign out").click();
    assertThat(ui.heading("Sign in")).isVisible();
    assertThat(stored(ui)).isEqualTo("0 0");
    ui.field("an access token").check();
    ui.field("Access token").fill(token + "x");
    ui.button("Sign in").click();
    assertThat(ui.text("The server does not accept this token.")).isVisible();
    ui.field("Access token").fill(token);
    ui.button("Sign in").click();
    assertThat(ui.heading("Trackers")).isVisible();
    ui.page().reload();
    assertThat(ui.heading("Trackers")).isVisible();
  }

  @Test
  void create_listsTheTracker(UiPage ui) {
    ui.signIn();
    ui.create("Promotion Mention", "flash sale", "special promotion");
    assertThat(ui.names()).containsExactly("Promotion Mention");
    assertThat(ui.page().locator("tbody td").first()).hasText("2");
    ui.link("Promotion Mention").click();
    assertThat(ui.field("Phrases, one per line")).hasValue("flash sale\nspecial promotion");
    assertThat(ui.page().url()).matches(".*/ui/#/trackers/[0-9]{16}");
    ui.page().reload();
    assertThat(ui.field("Name")).hasValue("Promotion Mention");
  }

  @Test
  void search_findsNamesAndPhrases(UiPage ui) {
    ui.signIn();
    ui.create("Greeting", "good morning", "hello there");
    ui.create("Farewell", "good bye");
    ui.create("Apology", "I am so sorry");
    ui.field("Search").fill("GOOD");
    assertThat(ui.text("2 matches in 3 trackers")).isVisible();
    assertThat(ui.names()).containsExactly("Farewell", "Greeting");
    ui.field("Search").fill("apol");
    assertThat(ui.text("1 match in 3 trackers")).isVisible();
    assertThat(ui.names()).containsExactly("Apology");
    ui.field("Search").fill("nowhere");
    assertThat(ui.text("No tracker has “nowhere”")).isVisible();
    ui.field("Search").fill("");
    ui.field("Sort by").selectOption("name");
    assertThat(ui.names()).containsExactly("Apology", "Farewell", "Greeting");
    ui.field("Sort by").selectOption("most");
    assertThat(ui.names()).first().isEqualTo("Greeting");
  }

  @Test
  void editor_showsDuplicatesAndBlankLinesBeforeSending(UiPage ui) {
    ui.signIn();
    ui.visit("#/trackers/new");
    ui.field("Name").fill("Twice");
    ui.field("Phrases, one per line").fill("one\n\ntwo\none\nOne");
    assertThat(ui.text("1 line repeated and 1 blank line.")).isVisible();
    assertThat(ui.text("same as line 1")).isVisible();
    ui.button("Create tracker").click();
    assertThat(ui.text("Remove the repeated line first.")).isVisible();
    assertThat(ui.field("Phrases, one per line")).isFocused();
    ui.button("Remove them").click();
    assertThat(ui.rows()).containsExactly("one", "two", "One");
    ui.button("Remove phrase “two”").click();
    assertThat(ui.button("Remove phrase “One”")).isFocused();
    assertThat(ui.field("Phrases, one per line")).hasValue("one\nOne");
    ui.button("Create tracker").click();
    assertThat(ui.text("Created “Twice”.")).isVisible();
  }

  @Test
  void edit_replacesThePhrases(UiPage ui) {
    ui.signIn();
    ui.create("Sales", "flash sale", "month special");
    ui.link("Sales").click();
    assertThat(ui.page().locator(".hint strong")).hasText("replaces");
    ui.field("Name").fill("Sales talk");
    ui.field("Phrases, one per line").fill("clearance\nflash sale");
    ui.button("Save changes").click();
    assertThat(ui.text("Saved “Sales talk”; its phrases were replaced.")).isVisible();
    ui.link("Sales talk").click();
    assertThat(ui.field("Phrases, one per line")).hasValue("clearance\nflash sale");
  }

  @Test
  void edit_saysThatANameIsTakenAndKeepsWhatWasTyped(UiPage ui) {
    ui.signIn();
    ui.create("First", "one");
    ui.visit("#/trackers/new");
    ui.field("Name").fill("First");
    ui.field("Phrases, one per line").fill("two");
    ui.button("Create tracker").click();
    assertThat(ui.text("Another tracker already has the name “First”.")).isVisible();
    assertThat(ui.field("Name")).isFocused();
    assertThat(ui.field("Phrases, one per line")).hasValue("two");
    ui.link("← All trackers").click();
    ui.link("New tracker").click();
    assertThat(ui.field("Phrases, one per line")).hasValue("two");
    ui.field("Name").fill("first");
    ui.button("Create tracker").click();
    assertThat(ui.text("Created “first”.")).isVisible();
  }

  @Test
  void delete_asksAndCanBeUndone(UiPage ui) {
    ui.signIn();
    ui.create("Keep me", "one", "two");
    String href = ui.link("Keep me").getAttribute("href");
    ui.button("Delete Keep me").click();
    assertThat(ui.heading("Delete this tracker?")).isVisible();
    ui.page().keyboard().press("Escape");
    assertThat(ui.names()).containsExactly("Keep me");
    ui.button("Delete Keep me").click();
    ui.button("Delete").click();
    assertThat(ui.heading("No trackers yet")).isVisible();
    assertThat(ui.button("Undo")).isFocused();
    ui.button("Undo").click();
    assertThat(ui.text("made anew: its id is now")).isVisible();
    assertThat(ui.link("Keep me")).not().hasAttribute("href", href);
    ui.link("Keep me").click();
    assertThat(ui.field("Phrases, one per line")).hasValue("one\ntwo");
  }

  @Test
  void delete_canBeUndoneForAWhileOnly(UiPage ui) {
    ui.signIn();
    ui.create("Gone", "one");
    ui.button("Delete Gone").click();
    ui.button("Delete").click();
    assertThat(ui.button("Undo")).isVisible();
    ui.page().mouse().move(5, 800);
    ui.button("Undo")
        .waitFor(
            new Locator.WaitForOptions()
                .setState(com.microsoft.playwright.options.WaitForSelectorState.DETACHED));
    assertThat(ui.heading("No trackers yet")).isVisible();
  }

  @Test
  void create_needsNoMouse(UiPage ui) {
    press(ui, "Tab", "Tab", "Tab");
    ui.page().locator("[name=id]").focus();
    type(ui, ui.key());
    press(ui, "Tab");
    type(ui, UiServer.SECRET);
    press(ui, "Enter");
    assertThat(ui.heading("Trackers")).isFocused();
    assertThat(ui.heading("No trackers yet")).isVisible();
    press(ui, "Tab");
    assertThat(ui.link("New tracker")).isFocused();
    press(ui, "Enter");
    assertThat(ui.heading("New tracker")).isFocused();
    press(ui, "Tab");
    type(ui, "By keyboard");
    press(ui, "Tab");
    type(ui, "one");
    press(ui, "Enter");
    type(ui, "two");
    press(ui, "Tab", "Enter");
    assertThat(ui.rows()).containsExactly("two");
    assertThat(ui.button("Remove phrase “two”")).isFocused();
    press(ui, "Tab");
    assertThat(ui.button("Create tracker")).isFocused();
    press(ui, "Enter");
    assertThat(ui.text("Created “By keyboard”.")).isVisible();
    assertThat(ui.heading("Trackers")).isFocused();
  }

  private static void press(UiPage ui, String... keys) {
    for (String key : keys) {
      ui.page().keyboard().press(key);
    }
  }

  private static void type(UiPage ui, String text) {
    ui.page().keyboard().type(text);
  }

  /** Returns how many values the tab and the browser keep. */
  private static String stored(UiPage ui) {
    return (String) ui.page().evaluate("sessionStorage.length + ' ' + localStorage.length");
  }
}
