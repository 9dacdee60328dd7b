package dev.trackerd.server.ui;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The page in a window of its own, and what a person does there. Keeps what goes wrong: messages on
 * the console, broken policies, requests to other hosts.
 */
final class UiPage implements AutoCloseable {

  private static final Path SCREENSHOTS = Path.of("..", "gateway", "target", "screenshots");
  // Chromium's own log of answers; the page deals with them.
  private static final String ANSWER = "Failed to load resource";

  private static final String AXE = resource("/axe.min.js");
  private static final String VIOLATIONS =
      """
      async () => (await axe.run()).violations
        .map((rule) => rule.id + ': ' + rule.nodes.map((node) => node.html + ' ' + node.failureSummary))
        .join('\\n')""";

  private final UiServer server;
  private final String key;
  private final BrowserContext context;
  private final Page page;
  private final List<String> faults = new ArrayList<>();

  private UiPage(UiServer server, BrowserContext context) {
    this.server = server;
    this.key = server.newKey();
    this.context = context;
    context.addInitScript(AXE);
    this.page = context.newPage();
    page.onConsoleMessage(this::note);
    page.onPageError(faults::add);
    page.onRequest(
        request -> {
          if (!request.url().startsWith(server.url() + "/") && !request.url().startsWith("blob:")) {
            faults.add("request to " + request.url());
          }
        });
  }

  /** Opens a window, with nobody signed in. */
  static UiPage open(Browser browser, UiServer server) {
    BrowserContext context =
        browser.newContext(
            new Browser.NewContextOptions()
                .setViewportSize(1200, 900)
                // Without transitions: a colour on its way to another is not looked at.
                .setReducedMotion(ReducedMotion.REDUCE));
    context.setDefaultTimeout(20_000);
    UiPage page = new UiPage(server, context);
    page.page.navigate(server.url() + "/ui/");
    return page;
  }

  /** Returns the page, for what this class has no word for. */
  Page page() {
    return page;
  }

  /** Returns the id of the key that {@link #signIn()} uses. */
  String key() {
    return key;
  }

  void signIn() {
    signIn(UiServer.SECRET);
    button("Sign out").waitFor();
  }

  void signIn(String secret) {
    field("Key id").fill(key);
    field("Secret").fill(secret);
    button("Sign in").click();
  }

  /** Makes a tracker through the form. */
  void create(String name, String... phrases) {
    visit("#/trackers/new");
    field("Name").fill(name);
    field("Phrases, one per line").fill(String.join("\n", phrases));
    button("Create tracker").click();
    text("Created “" + name + "”.").waitFor();
  }

  void visit(String fragment) {
    page.navigate(server.url() + "/ui/" + fragment);
  }

  Locator field(String label) {
    return page.getByLabel(label, new Page.GetByLabelOptions().setExact(true));
  }

  Locator button(String label) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(label).setExact(true));
  }

  Locator link(String label) {
    return page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(label).setExact(true));
  }

  Locator heading(String label) {
    return page.getByRole(
        AriaRole.HEADING, new Page.GetByRoleOptions().setName(label).setExact(true));
  }

  Locator text(String part) {
    return page.getByText(part).first();
  }

  /** Returns the names on the list, from above. */
  List<String> names() {
    return page.locator("tbody th a").allTextContents();
  }

  /** Returns the phrases of the editor's rows. */
  List<String> rows() {
    return page.locator(".rows .phrase").allTextContents();
  }

  /** Makes calls to paths, with their queries, that match be answered as given. */
  void answer(String path, int status, String json) {
    page.route(
        called -> called.replace(server.url(), "").matches(path),
        route ->
            route.fulfill(
                new com.microsoft.playwright.Route.FulfillOptions()
                    .setStatus(status)
                    .setContentType("application/json")
                    .setBody(json)));
  }

  void answerAsItIs() {
    page.unrouteAll();
  }

  void dark() {
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
  }

  void phone() {
    page.setViewportSize(360, 740);
  }

  /** Checks that everybody can use what is shown, and that it fits; keeps a picture of it. */
  void inspect(String name) {
    page.screenshot(
        new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(name + ".png")).setFullPage(true));
    assertThat(page.evaluate(VIOLATIONS)).as(name).asString().isEmpty();
    assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
        .as("width of %s", name)
        .isLessThanOrEqualTo(page.viewportSize().width);
  }

  /** Returns what was wrong so far, and forgets it. */
  List<String> forgive() {
    List<String> forgiven = List.copyOf(faults);
    faults.clear();
    return forgiven;
  }

  /** Closes the window, and fails if something was wrong meanwhile. */
  @Override
  public void close() {
    context.close();
    assertThat(faults).as("faults on the page").isEmpty();
  }

  private static String resource(String name) {
    try (InputStream in = UiPage.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void note(ConsoleMessage message) {
    boolean fault = message.type().equals("error") || message.type().equals("warning");
    if (fault && !message.text().startsWith(ANSWER)) {
      faults.add(message.type() + ": " + message.text());
    }
  }
}
