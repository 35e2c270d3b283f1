package dev.dbmigration.runner.dialect.postgresql;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;

/** Stands between client and server, and breaks connections at a chosen message. */
final class Proxy implements Closeable {

  /** What happens to the message that holds the text. */
  enum Loss {
    /** It does not reach the server. */
    BEFORE,
    /** It reaches the server, its answer does not come back. */
    AFTER
  }

  private final ServerSocket listener;
  private final int server;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final Semaphore answered = new Semaphore(0);
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

  private void accept() {
    try {
      while (true) {
        var client = listener.accept();
        var upstream = new Socket(InetAddress.getLoopbackAddress(), server);
        sockets.addAll(List.of(client, upstream));
        Thread.ofVirtual().start(() -> forward(client, upstream));
        Thread.ofVirtual().start(() -> backward(upstream, client));
      }
    } catch (IOException e) {
      // The test is over.
    }
  }

  private void forward(Socket client, Socket upstream) {
    var bytes = new byte[1 << 16];
    try (client;
        upstream) {
      for (int n = client.getInputStream().read(bytes);
          n >= 0;
          n = client.getInputStream().read(bytes)) {
        boolean breaks = breaks(new String(bytes, 0, n, StandardCharsets.ISO_8859_1));
        if (breaks && loss == Loss.AFTER) {
          client.close();
        }
        if (!breaks || loss == Loss.AFTER) {
          upstream.getOutputStream().write(bytes, 0, n);
        }
        if (breaks) {
          client.close();
          awaitAnswer(upstream);
          return;
        }
      }
    } catch (IOException e) {
      // One of the two is gone, and so is the other.
    }
  }

  private boolean breaks(String message) {
    if (text.isEmpty() || !message.contains(text)) {
      return false;
    }
    text = "";
    return true;
  }

  /** Until the server has dealt with what was sent: the other thread reads its answer. */
  private void awaitAnswer(Socket upstream) throws IOException {
    if (loss == Loss.AFTER) {
      upstream.shutdownOutput();
      answered.acquireUninterruptibly();
    }
  }

  private void backward(Socket upstream, Socket client) {
    var bytes = new byte[1 << 16];
    try {
      for (int n = upstream.getInputStream().read(bytes);
          n >= 0;
          n = upstream.getInputStream().read(bytes)) {
        if (!client.isClosed()) {
          client.getOutputStream().write(bytes, 0, n);
        }
      }
      client.close();
    } catch (IOException e) {
      // One of the two is gone, and so is the other.
    } finally {
      answered.release();
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
