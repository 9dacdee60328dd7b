package dev.trackerd.gateway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.Test;

class PlacesTest {

  private final Places places = new Places(16);

  @Test
  void take_givesAConnectionAnEighth() {
    Share share = share();
    assertThat(places.take(share)).isTrue();
    assertThat(places.take(share)).isTrue();
    assertThat(places.take(share)).isFalse();
    places.giveBack(share);
    assertThat(places.take(share)).isTrue();
    assertThat(places.taken()).isEqualTo(2);
  }

  @Test
  void take_givesAllToWhoHaveOneEach() {
    for (int i = 0; i < 16; i++) {
      assertThat(places.take(share())).isTrue();
    }
    assertThat(places.take(share())).isFalse();
    assertThat(places.taken()).isEqualTo(16);
  }

  @Test
  void take_leavesRoomForWhoComesNew() {
    Places many = new Places(160);
    for (int i = 0; i < 10; i++) {
      Share greedy = share();
      while (many.take(greedy)) {
        assertThat(greedy.places).isLessThanOrEqualTo(20);
      }
    }
    assertThat(many.taken()).isLessThan(160);
    assertThat(many.take(share())).isTrue();
  }

  private static Share share() {
    return Share.open(new EmbeddedChannel());
  }
}
