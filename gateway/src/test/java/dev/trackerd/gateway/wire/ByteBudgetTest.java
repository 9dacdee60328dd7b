package dev.trackerd.gateway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ByteBudgetTest {

  private static final long MIB = 1L << 20;

  private final ByteBudget budget = ByteBudget.ofAnswers(32 * MIB);
  private final List<String> granted = new ArrayList<>();

  @Test
  void tryHold_givesAConnectionEightMebibytes() {
    Share share = share();
    assertThat(budget.open(share).tryHold(5 * MIB)).isTrue();
    ByteBudget.Claim second = budget.open(share);
    assertThat(second.tryHold(3 * MIB)).isTrue();
    assertThat(second.tryHold(3 * MIB + 1)).isFalse();
    assertThat(budget.held()).isEqualTo(8 * MIB);
    assertThat(budget.open(share()).tryHold(5 * MIB)).isTrue();
  }

  @Test
  void tryHold_leavesRoomForWhoComesNew() {
    long all = 0;
    for (int i = 0; i < 30; i++) {
      if (budget.open(share()).tryHold(4 * MIB)) {
        all += 4 * MIB;
      }
    }
    assertThat(budget.held()).isEqualTo(all).isLessThanOrEqualTo(32 * MIB);
  }

  @Test
  void tryHold_ofOneThatIsLargerThanTheBudget_succeedsAlone() {
    ByteBudget.Claim huge = budget.open(share());
    assertThat(huge.tryHold(50 * MIB)).isTrue();
    assertThat(budget.open(share()).tryHold(1)).isFalse();
    huge.close();
    assertThat(budget.held()).isZero();
  }

  @Test
  void await_servesConnectionsInTurn() {
    ByteBudget.Claim first = budget.open(share());
    first.tryHold(32 * MIB);
    Share busy = share();
    Share other = share();
    budget.open(busy).await(MIB, () -> granted.add("busy 1"));
    budget.open(busy).await(MIB, () -> granted.add("busy 2"));
    budget.open(other).await(MIB, () -> granted.add("other"));
    assertThat(granted).isEmpty();
    first.close();
    assertThat(granted).containsExactly("busy 1", "other", "busy 2");
    assertThat(budget.held()).isEqualTo(3 * MIB);
  }

  @Test
  void close_ofOneThatWaits_leavesTheQueue() {
    ByteBudget.Claim first = budget.open(share());
    first.tryHold(32 * MIB);
    ByteBudget.Claim waiting = budget.open(share());
    waiting.await(MIB, () -> granted.add("gone"));
    waiting.close();
    waiting.close();
    first.close();
    assertThat(granted).isEmpty();
    assertThat(budget.held()).isZero();
    assertThat(waiting.tryHold(MIB)).isTrue();
    assertThat(budget.held()).isZero();
  }

  @Test
  void hold_beyondTheBudget_cutsWhoHoldsMost() {
    EmbeddedChannel most = new EmbeddedChannel();
    budget.open(Share.open(most)).hold(20 * MIB);
    EmbeddedChannel last = new EmbeddedChannel();
    budget.open(Share.open(last)).hold(12 * MIB);
    assertThat(most.isOpen()).isTrue();
    budget.open(Share.open(last)).hold(1);
    most.runPendingTasks();
    assertThat(most.isOpen()).isFalse();
    assertThat(last.isOpen()).isTrue();
  }

  private static Share share() {
    return Share.open(new EmbeddedChannel());
  }
}
