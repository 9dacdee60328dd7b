package dev.trackerd.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class HttpDateTest {

  @Test
  void now_followsTheClock() {
    Moving clock = new Moving();
    HttpDate date = new HttpDate(clock);
    clock.now = Instant.parse("1994-11-06T08:49:37.999Z");
    assertThat(date.now()).hasToString("Sun, 06 Nov 1994 08:49:37 GMT");
    clock.now = Instant.parse("1994-11-06T08:49:38Z");
    assertThat(date.now()).hasToString("Sun, 06 Nov 1994 08:49:38 GMT").isSameAs(date.now());
    clock.now = Instant.parse("1994-11-06T08:49:30Z");
    assertThat(date.now()).hasToString("Sun, 06 Nov 1994 08:49:30 GMT");
  }

  private static final class Moving extends Clock {

    private Instant now;

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException();
    }
  }
}
