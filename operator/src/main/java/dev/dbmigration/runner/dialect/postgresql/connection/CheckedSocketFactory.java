package dev.dbmigration.runner.dialect.postgresql.connection;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.SocketFactory;
import jdk.net.ExtendedSocketOptions;

/**
 * Connects to addresses that were checked before, whatever the driver asks for. Public only because
 * the driver makes it by its name.
 */
public final class CheckedSocketFactory extends SocketFactory {

  /** Seconds of silence, seconds between probes, probes: a dead peer is noticed in a minute. */
  private static final Map<SocketOption<Integer>, Integer> KEEPALIVE =
      Map.of(
          ExtendedSocketOptions.TCP_KEEPIDLE, 30,
          ExtendedSocketOptions.TCP_KEEPINTERVAL, 10,
          ExtendedSocketOptions.TCP_KEEPCOUNT, 3);

  private final List<InetAddress> addresses;
  private final int port;
  private final Duration timeout;

  /** What {@link #argument} wrote. */
  public CheckedSocketFactory(String argument) {
    var parts = argument.split(" ");
    port = Integer.parseInt(parts[0]);
    timeout = Duration.parse(parts[1]);
    addresses = Stream.of(parts).skip(2).map(InetAddress::ofLiteral).toList();
  }

  static String argument(List<InetAddress> addresses, int port, Duration timeout) {
    return port
        + " "
        + timeout
        + addresses.stream()
            .map(address -> " " + address.getHostAddress())
            .collect(Collectors.joining());
  }

  /** A connection to the first address that answers, all of them within the timeout. */
  @Override
  public Socket createSocket() throws IOException {
    var failure = new IOException("no address");
    for (var address : addresses) {
      var socket = new Socket();
      try {
        socket.connect(new InetSocketAddress(address, port), millisPerAddress());
        keepAlive(socket);
        return socket;
      } catch (IOException e) {
        socket.close();
        failure = e;
      }
    }
    throw failure;
  }

  private static void keepAlive(Socket socket) throws IOException {
    socket.setKeepAlive(true);
    for (var option : KEEPALIVE.entrySet()) {
      if (socket.supportedOptions().contains(option.getKey())) {
        socket.setOption(option.getKey(), option.getValue());
      }
    }
  }

  private int millisPerAddress() {
    return (int) Math.max(1, timeout.toMillis() / addresses.size());
  }

  @Override
  public Socket createSocket(String host, int anyPort) throws IOException {
    return createSocket();
  }

  @Override
  public Socket createSocket(String host, int anyPort, InetAddress local, int localPort)
      throws IOException {
    return createSocket();
  }

  @Override
  public Socket createSocket(InetAddress host, int anyPort) throws IOException {
    return createSocket();
  }

  @Override
  public Socket createSocket(InetAddress host, int anyPort, InetAddress local, int localPort)
      throws IOException {
    return createSocket();
  }
}
