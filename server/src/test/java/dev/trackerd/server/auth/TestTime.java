package dev.trackerd.server.auth;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Time that stands still until told otherwise: a clock on the wall and a ticker beside it. */
public final class TestTime extends Clock {
  private volatile Instant now = Instant.parse("2026-11-20T12:00:00.750Z");
  private volatile long ticks;

  /** Time passes. */
  public void pass(Duration duration) {
    now = now.plus(duration);
    ticks += duration.toNanos();
  }

  /** Somebody sets the clock; no time passes. */
  public void set(Instant instant) {
    now = instant;
  }

  Ticker ticker() {
    return () -> ticks;
  }

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
    throw new UnsupportedOperationException("UTC is the only zone here");
  }
}
