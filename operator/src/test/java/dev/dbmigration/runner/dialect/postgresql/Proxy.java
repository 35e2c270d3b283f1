package dev.dbmigration.runner.dialect.postgresql;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** Stands between client and server, and breaks connections at a chosen message. */
final class Proxy implements Closeable {

  /** What happens to the message that holds the text. */
  enum Loss {
    /** It does not reach the server. */
    BEFORE,
    /** It reaches the server, its answer does not come back. */
    AFTER
  }

  /**
   * What goes through.
   *
   * @param muted counted down when the client hears no more answers
   * @param ended counted down when the server has closed it
   */
  private record Connection(
      Socket client, Socket upstream, CountDownLatch muted, CountDownLatch ended) {}

  private final ServerSocket listener;
  private final int server;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private volatile String text = "";
  private volatile Loss loss = Loss.BEFORE;

  Proxy(int server) throws IOException {
    this.server = server;
    listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  /** Breaks the connection over which this text is sent, once. */
  void breakAt(String message, Loss kind) {
    loss = kind;
    text = message;
  }

  /** What is connected stays so, and nothing else comes through any more. */
  void refuseOthers() throws IOException {
    listener.close();
  }

  private void accept() {
    try {
      while (true) {
        var client = listener.accept();
        var upstream = new Socket(InetAddress.getLoopbackAddress(), server);
        sockets.addAll(List.of(client, upstream));
        var connection =
            new Connection(client, upstream, new CountDownLatch(1), new CountDownLatch(1));
        Thread.ofVirtual().start(() -> forward(connection));
        Thread.ofVirtual().start(() -> backward(connection));
      }
    } catch (IOException e) {
      // The test is over.
    }
  }

  private void forward(Connection connection) {
    var bytes = new byte[1 << 16];
    try (var client = connection.client();
        var upstream = connection.upstream()) {
      for (int n = client.getInputStream().read(bytes);
          n >= 0;
          n = client.getInputStream().read(bytes)) {
        if (breaks(new String(bytes, 0, n, StandardCharsets.ISO_8859_1))) {
          if (loss == Loss.AFTER) {
            sendInVain(connection, bytes, n);
          }
          return;
        }
        upstream.getOutputStream().write(bytes, 0, n);
      }
    } catch (IOException e) {
      // One of the two is gone, and so is the other.
    }
  }

  /** The client hears nothing until the server has dealt with it and is gone. */
  private static void sendInVain(Connection connection, byte[] bytes, int count)
      throws IOException {
    connection.muted().countDown();
    connection.upstream().getOutputStream().write(bytes, 0, count);
    connection.upstream().shutdownOutput();
    try {
      connection.ended().await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean breaks(String message) {
    if (text.isEmpty() || !message.contains(text)) {
      return false;
    }
    text = "";
    return true;
  }

  private static void backward(Connection connection) {
    var bytes = new byte[1 << 16];
    try {
      var answers = connection.upstream().getInputStream();
      for (int n = answers.read(bytes); n >= 0; n = answers.read(bytes)) {
        if (connection.muted().getCount() > 0) {
          connection.client().getOutputStream().write(bytes, 0, n);
        }
      }
      connection.client().close();
    } catch (IOException e) {
      // One of the two is gone, and so is the other.
    } finally {
      connection.ended().countDown();
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (var socket : sockets) {
      socket.close();
    }
  }
}
