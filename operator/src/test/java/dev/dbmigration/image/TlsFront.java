package dev.dbmigration.image;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import javax.net.ssl.SSLContext;

/** Speaks TLS in front of a server that does not. */
final class TlsFront {

  private final ServerSocket listener;
  private final URI behind;

  private TlsFront(ServerSocket listener, URI behind) {
    this.listener = listener;
    this.behind = behind;
  }

  /** Listens on a free port until this program ends. */
  static TlsFront of(URI behind, SSLContext tls) throws IOException {
    var listener =
        tls.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    var front = new TlsFront(listener, behind);
    Thread.ofVirtual().start(front::listen);
    return front;
  }

  int port() {
    return listener.getLocalPort();
  }

  private void listen() {
    while (true) {
      try {
        var outside = listener.accept();
        var inside = new Socket(behind.getHost(), behind.getPort());
        Thread.ofVirtual().start(() -> copy(outside, inside));
        Thread.ofVirtual().start(() -> copy(inside, outside));
      } catch (IOException e) {
        System.out.println("a connection failed: " + e);
      }
    }
  }

  /** The end of one direction is the end of both. */
  private static void copy(Socket from, Socket to) {
    try (from;
        to;
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      in.transferTo(out);
    } catch (IOException e) {
      System.out.println("a connection ended: " + e.getMessage());
    }
  }
}
