package dev.trackerd.server.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LaneLimitsTest {
  private static final long GIB = 1L << 30;

  @Test
  void ofConnections_readsOnAllOfThem_andLeavesSomeToOtherAccounts() {
    assertThat(LaneLimits.ofConnections(10, 1, GIB)).isEqualTo(new LaneLimits(10, 5, 128, 4));
    for (int connections = 5; connections <= 100; connections++) {
      LaneLimits limits = LaneLimits.ofConnections(connections, 1, 64 * GIB);
      assertThat(limits.reads()).isEqualTo(connections);
      assertThat(limits.readsOfOne() + limits.writesOfOne()).isLessThan(connections);
    }
  }

  @Test
  void ofConnections_letsThoseWritesThroughThatAreToBeRefused() {
    assertThat(LaneLimits.ofConnections(10, 20, GIB).writesOfOne()).isEqualTo(21);
    assertThat(LaneLimits.ofConnections(10, Integer.MAX_VALUE, GIB).writesOfOne()).isEqualTo(128);
  }

  @Test
  void ofConnections_takesAsManyReadsAsTheHeapHolds() {
    LaneLimits least = LaneLimits.ofProcessors();
    assertThat(LaneLimits.ofConnections(100, 1, 1).reads()).isEqualTo(least.reads());
    assertThat(LaneLimits.ofConnections(1000, 1, 64 * GIB).reads()).isEqualTo(1000);
    assertThat(LaneLimits.ofConnections(1000, 1, 16 * GIB).reads()).isEqualTo(512);
  }

  @Test
  void ofConnections_serveByOneToo() {
    assertThat(LaneLimits.ofConnections(1, 0, GIB)).isEqualTo(new LaneLimits(2, 1, 128, 1));
  }

  @Test
  void numbers_thatLetNobodyIn_areRefused() {
    assertThatThrownBy(() -> new LaneLimits(1, 2, 1, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new LaneLimits(1, 1, 1, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
