package dev.trackerd.server.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.FilePayload;
import java.io.IOException;
import java.nio.file.Files;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Trackers to and from files. */
@ExtendWith(UiExtension.class)
class UiTransferIT {

  @Test
  void import_reportsWhatFailsAndStoresTheRest(UiPage ui) {
    ui.signIn();
    ui.create("Taken", "one");
    choose(
        ui,
        """
        [{"name": "New", "vocabulary": ["one", "two"]},
         {"name": "Taken", "vocabulary": ["one"]},
         {"name": "Twice", "vocabulary": ["a", "a"]},
         {"name": "Empty", "vocabulary": []},
         {"nme": "Odd"}]""");
    assertThat(ui.text("1 tracker can be imported, 4 can’t be.")).isVisible();
    assertThat(ui.text("Has the phrase “a” twice.")).isVisible();
    assertThat(ui.text("Has a member “nme”")).isVisible();
    ui.button("Import 1 tracker").click();
    assertThat(ui.text("1 tracker imported, 0 to go, 4 can’t be. Done.")).isVisible();
    ui.link("Trackers").click();
    assertThat(ui.link("New")).isVisible();
    assertThat(ui.names()).containsExactly("New", "Taken");
  }

  @Test
  void import_findsTheOneThatTheServerRefuses(UiPage ui) {
    ui.signIn();
    // More bytes than a name may have; the page leaves that to the server.
    String bad = "{\"name\":\"" + "n".repeat(1025) + "\",\"vocabulary\":[\"one\"]}";
    choose(ui, "[" + numbered(0, 6) + "," + bad + "," + numbered(6, 9) + "]");
    ui.button("Import 10 trackers").click();
    assertThat(ui.text("9 trackers imported, 0 to go, 1 can’t be. Done.")).isVisible();
    assertThat(ui.page().locator("tbody td"))
        .hasText("name: expected: at most 1024 bytes of UTF-8");
  }

  @Test
  void import_takesManyAndTheListStaysQuick(UiPage ui) {
    ui.signIn();
    choose(ui, "[" + numbered(0, 10_000) + "]");
    ui.button("Import 10,000 trackers").click();
    assertThat(ui.page().locator("progress")).isVisible();
    ui.text("10,000 trackers imported, 0 to go. Done.")
        .waitFor(new Locator.WaitForOptions().setTimeout(120_000));
    ui.link("Trackers").click();
    assertThat(ui.text("Page 1 of 200")).isVisible();
    assertThat(ui.names()).hasSize(50).first().isEqualTo("Tracker 9999");
    long before = System.nanoTime();
    ui.field("Search").fill("phrase of 4321");
    assertThat(ui.text("1 match in 10,000 trackers")).isVisible();
    // A tenth of that on an idle machine; drawing all rows takes more.
    assertThat(System.nanoTime() - before).isLessThan(3_000_000_000L);
    assertThat(ui.names()).containsExactly("Tracker 4321");
  }

  @Test
  void export_canBeImported(UiPage ui) throws IOException {
    ui.signIn();
    ui.create("One", "a", "b");
    ui.create("Two", "c");
    ui.link("Import & export").click();
    Download download = ui.page().waitForDownload(() -> ui.button("Export all trackers").click());
    assertThat(download.suggestedFilename()).matches("trackers-\\d{4}-\\d\\d-\\d\\d\\.json");
    String json = Files.readString(download.path());
    assertThat(json).contains("\"One\"", "\"Two\"");
    choose(ui, json);
    assertThat(ui.text("0 trackers can be imported, 2 can’t be.")).isVisible();
    choose(ui, json.replace("\"One\"", "\"Three\""));
    ui.button("Import 1 tracker").click();
    assertThat(ui.text("1 tracker imported, 0 to go, 1 can’t be. Done.")).isVisible();
    ui.link("Trackers").click();
    ui.link("Three").click();
    assertThat(ui.field("Phrases, one per line")).hasValue("a\nb");
  }

  @Test
  void import_saysWhatAFileMustBe(UiPage ui) {
    ui.signIn();
    choose(ui, "not JSON");
    assertThat(ui.text("This file is not JSON:")).isVisible();
    choose(ui, "{}");
    assertThat(ui.text("Expected a list of trackers:")).isVisible();
  }

  private static void choose(UiPage ui, String json) {
    ui.visit("#/transfer");
    Locator file = ui.page().locator("[name=file]");
    assertThat(file).isEnabled();
    file.setInputFiles(new FilePayload("t.json", "application/json", json.getBytes(UTF_8)));
  }

  private static String numbered(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(i -> "{\"name\":\"Tracker " + i + "\",\"vocabulary\":[\"phrase of " + i + "\"]}")
        .collect(Collectors.joining(","));
  }
}
