package dev.trackerd.server.store.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.trackerd.server.store.AccountId;
import dev.trackerd.server.store.StoreException;
import org.junit.jupiter.api.Test;

class WriteGateTest {
  private static final AccountId OURS = new AccountId("123456789012");
  private static final AccountId THEIRS = new AccountId("210987654321");

  @Test
  void run_refusesASecondWriteOfTheAccountAtOnce() {
    WriteGate gate = new WriteGate(1);

    StoreException refusal =
        gate.run(
            OURS,
            () -> catchThrowableOfType(StoreException.class, () -> gate.run(OURS, () -> "second")));

    assertThat(refusal.reason()).isEqualTo(StoreException.Reason.CONCURRENT_WRITE);
    assertThat(refusal.limit()).isEqualTo(1);
  }

  @Test
  void run_letsOtherAccountsWrite() {
    WriteGate gate = new WriteGate(1);

    assertThat(gate.run(OURS, () -> gate.run(THEIRS, () -> "theirs"))).isEqualTo("theirs");
  }

  @Test
  void run_givesThePermitBackWhenTheWriteEndsOrFails() {
    WriteGate gate = new WriteGate(1);

    assertThat(gate.run(OURS, () -> "first")).isEqualTo("first");
    assertThatThrownBy(
            () ->
                gate.run(
                    OURS,
                    () -> {
                      throw new IllegalStateException("failed");
                    }))
        .hasMessage("failed");
    assertThat(gate.run(OURS, () -> "third")).isEqualTo("third");
  }

  @Test
  void run_letsAsManyWriteAsTheLimitSays() {
    WriteGate two = new WriteGate(2);
    WriteGate any = new WriteGate(0);

    assertThat(two.run(OURS, () -> two.run(OURS, () -> "second"))).isEqualTo("second");
    assertThatThrownBy(() -> two.run(OURS, () -> two.run(OURS, () -> two.run(OURS, () -> ""))))
        .isInstanceOf(StoreException.class);
    assertThat(any.run(OURS, () -> any.run(OURS, () -> any.run(OURS, () -> "third"))))
        .isEqualTo("third");
  }
}
