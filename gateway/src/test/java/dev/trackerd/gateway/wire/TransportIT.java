package dev.trackerd.gateway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.slf4j.LoggerFactory;

class TransportIT {

  @Test
  @EnabledOnOs(
      value = OS.LINUX,
      architectures = {"amd64", "aarch64"})
  void open_listensByEpollAndSaysSo() throws Exception {
    Logger logger = (Logger) LoggerFactory.getLogger(HttpListener.class);
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    logger.addAppender(log);
    logger.setLevel(Level.INFO);
    try (HttpListener listener =
        HttpListener.open(
            "127.0.0.1",
            0,
            Limits.standard(),
            request -> request.response().end(Thread.currentThread().getName()))) {
      URI uri = URI.create("http://127.0.0.1:" + listener.port() + "/");
      HttpResponse<String> answer =
          HttpClient.newHttpClient()
              .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
      assertThat(answer.body()).contains("eventloop");
    } finally {
      logger.detachAppender(log);
      logger.setLevel(null);
    }
    assertThat(log.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .containsExactly("HTTP by epoll");
  }
}
