package dev.trackerd.server.ui;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives each test a fresh {@link UiPage}, of one browser and one server for all tests, and checks
 * after it that nothing was wrong on the page.
 */
final class UiExtension implements BeforeAllCallback, AfterEachCallback, ParameterResolver {

  private static final Namespace SPACE = Namespace.create(UiExtension.class);
  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
  private static final String HINT = CHROMIUM + " is missing. Debian: apt-get install -y chromium";
  // As root, without a network, with nothing but the page.
  private static final List<String> ARGUMENTS =
      List.of(
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync");

  /** Skips where there is no browser; a machine that is to find faults must have one. */
  @Override
  public void beforeAll(ExtensionContext context) {
    if (!Files.isExecutable(CHROMIUM)) {
      if ("true".equals(System.getenv("CI"))) {
        fail(HINT);
      }
      abort(HINT);
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == UiPage.class;
  }

  @Override
  public UiPage resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Stage stage =
        context
            .getRoot()
            .getStore(SPACE)
            .computeIfAbsent(Stage.class, key -> Stage.open(), Stage.class);
    UiPage page = UiPage.open(stage.browser(), stage.server());
    context.getStore(SPACE).put(UiPage.class, page);
    return page;
  }

  @Override
  public void afterEach(ExtensionContext context) {
    UiPage page = context.getStore(SPACE).remove(UiPage.class, UiPage.class);
    if (page != null) {
      page.close();
    }
  }

  private record Stage(Playwright playwright, Browser browser, UiServer server)
      implements AutoCloseable {

    static Stage open() {
      try {
        UiServer server = UiServer.start();
        Playwright playwright =
            Playwright.create(
                new Playwright.CreateOptions()
                    .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        Browser browser =
            playwright
                .chromium()
                .launch(
                    new BrowserType.LaunchOptions().setExecutablePath(CHROMIUM).setArgs(ARGUMENTS));
        return new Stage(playwright, browser, server);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() {
      playwright.close();
      server.close();
    }
  }
}
