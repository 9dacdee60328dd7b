package dev.trackerd.gateway.ui;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * A file on the class path.
 *
 * @param path where the page finds it
 * @param resource where it lies
 */
record UiFile(String path, String resource) {

  private static final String OWN = "dev/trackerd/gateway/ui/";

  private static final List<String> OWN_FILES =
      List.of(
          "actions.js",
          "api.js",
          "app.js",
          "bulk.js",
          "confirm.js",
          "drafts.js",
          "events.js",
          "icon.svg",
          "notices.js",
          "parts.css",
          "phrases.js",
          "search.js",
          "session.js",
          "state.js",
          "style.css",
          "trackers.js",
          "views/download.js",
          "views/editor.js",
          "views/eventlist.js",
          "views/list.js",
          "views/pager.js",
          "views/rows.js",
          "views/signin.js",
          "views/transfer.js",
          "words.js");

  // The directives that the page uses, and what they import.
  private static final List<String> LIT_FILES =
      List.of(
          "lit-html.js",
          "directive.js",
          "directive-helpers.js",
          "directives/live.js",
          "directives/repeat.js");

  /** Returns all files but the page itself. */
  static List<UiFile> all() {
    String lit = webjar("lit-html");
    UiFile pico =
        new UiFile("lib/pico.css", webjar("picocss__pico") + "css/pico.classless.min.css");
    return Stream.of(
            OWN_FILES.stream().map(UiFile::own),
            LIT_FILES.stream().map(file -> new UiFile("lib/" + file, lit + file)),
            Stream.of(pico))
        .flatMap(files -> files)
        .toList();
  }

  /** Returns a file of the page's own. */
  static UiFile own(String path) {
    return new UiFile(path, OWN + path);
  }

  /**
   * Returns the contents.
   *
   * @throws IllegalStateException if there is no such file
   */
  byte[] read() {
    return read(resource);
  }

  /** A WebJar's folder holds its version, which only its Maven description knows. */
  private static String webjar(String name) {
    Properties pom = new Properties();
    String description = "META-INF/maven/org.webjars.npm/" + name + "/pom.properties";
    try (InputStream in = new ByteArrayInputStream(read(description))) {
      pom.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return "META-INF/resources/webjars/" + name + "/" + pom.getProperty("version") + "/";
  }

  private static byte[] read(String resource) {
    try (InputStream in = UiFile.class.getClassLoader().getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("missing on the class path: " + resource);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
