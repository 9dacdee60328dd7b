package dev.trackerd.gateway.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ShareTest {

  @Test
  void cut_ofAConnectionThatItsPeerHasClosed_doesNothing() throws Exception {
    EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    try {
      Channel channel = new NioSocketChannel();
      loop.register(channel).sync();
      channel.close().sync();
      assertThat(channel.isOpen()).isFalse();

      assertThatCode(() -> loop.submit(() -> Share.cut(channel)).sync()).doesNotThrowAnyException();
    } finally {
      loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }
  }
}
