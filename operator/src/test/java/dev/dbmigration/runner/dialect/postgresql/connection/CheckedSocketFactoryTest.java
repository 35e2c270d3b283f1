package dev.dbmigration.runner.dialect.postgresql.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.StandardSocketOptions;
import java.time.Duration;
import java.util.List;
import jdk.net.ExtendedSocketOptions;
import org.junit.jupiter.api.Test;

class CheckedSocketFactoryTest {

  @Test
  void noticesWithinAMinuteThatThePeerIsGone() throws Exception {
    var loopback = InetAddress.getLoopbackAddress();
    try (var server = new ServerSocket(0, 1, loopback)) {
      var argument =
          CheckedSocketFactory.argument(
              List.of(loopback), server.getLocalPort(), Duration.ofSeconds(60));

      try (var socket = new CheckedSocketFactory(argument).createSocket()) {
        assertThat(socket.getOption(StandardSocketOptions.SO_KEEPALIVE)).isTrue();
        assertThat(socket.getOption(ExtendedSocketOptions.TCP_KEEPIDLE)).isEqualTo(30);
        assertThat(socket.getOption(ExtendedSocketOptions.TCP_KEEPINTERVAL)).isEqualTo(10);
        assertThat(socket.getOption(ExtendedSocketOptions.TCP_KEEPCOUNT)).isEqualTo(3);
      }
    }
  }
}
