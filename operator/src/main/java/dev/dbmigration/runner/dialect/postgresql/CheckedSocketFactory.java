package dev.dbmigration.runner.dialect.postgresql;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.SocketFactory;

/**
 * Connects to addresses that were checked before, whatever the driver asks for. Public only because
 * the driver makes it by its name.
 */
public final class CheckedSocketFactory extends SocketFactory {

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
        return socket;
      } catch (IOException e) {
        socket.close();
        failure = e;
      }
    }
    throw failure;
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
