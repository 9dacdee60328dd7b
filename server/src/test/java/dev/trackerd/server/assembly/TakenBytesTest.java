package dev.trackerd.server.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.netty.shaded.io.netty.buffer.ByteBuf;
import io.grpc.netty.shaded.io.netty.buffer.Unpooled;
import io.grpc.netty.shaded.io.netty.channel.embedded.EmbeddedChannel;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TakenBytesTest {
  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final TakenBytes taken = new TakenBytes(channel);

  @Test
  void dataThatWentOut_isCounted_andNothingElse() {
    channel.pipeline().addFirst(taken);

    channel.writeOutbound(frame(4, 12), frame(0, 100), frame(6, 8), frame(1, 300));
    assertThat(taken.getAsLong()).isEqualTo(100);

    channel.writeOutbound(frame(4, 0), frame(6, 8), frame(6, 8));
    assertThat(taken.getAsLong()).isEqualTo(100);

    channel.writeOutbound(frame(0, 16_384), frame(0, 0), frame(0, 70_000));
    assertThat(taken.getAsLong()).isEqualTo(100 + 16_384 + 70_000);
    channel.finishAndReleaseAll();
  }

  @Test
  void dataThatWaitsForTheSocket_isNotCounted() {
    channel.pipeline().addFirst(taken);

    channel.write(frame(0, 100));
    assertThat(taken.getAsLong()).isLessThanOrEqualTo(0);

    channel.flush();
    assertThat(taken.getAsLong()).isEqualTo(100);
    channel.finishAndReleaseAll();
  }

  @Test
  void frames_mayBePartedAnywhere() {
    channel.pipeline().addFirst(taken);
    ByteBuf all =
        Unpooled.wrappedBuffer(frame(0, 1), frame(1, 77), frame(0, 1000), frame(0, 0), frame(0, 9));
    Random random = new Random(7);

    while (all.isReadable()) {
      int part = Math.min(all.readableBytes(), 1 + random.nextInt(13));
      channel.writeOutbound(all.readRetainedSlice(part));
    }

    assertThat(taken.getAsLong()).isEqualTo(1010);
    all.release();
    channel.finishAndReleaseAll();
  }

  private static ByteBuf frame(int type, int length) {
    ByteBuf frame = Unpooled.buffer();
    frame.writeMedium(length).writeByte(type).writeByte(0).writeInt(1);
    return frame.writeZero(length);
  }
}
