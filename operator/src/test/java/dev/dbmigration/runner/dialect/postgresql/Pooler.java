package dev.dbmigration.runner.dialect.postgresql;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands between client and server as PgBouncer does: it logs clients in by itself, announces a
 * process of its own making to each, and passes their statements on.
 */
final class Pooler implements AutoCloseable {

  /** Whether clients share one session of the server, transaction by transaction. */
  enum Mode {
    SESSION,
    TRANSACTION
  }

  private static final int PROTOCOL = 3 << 16;
  private static final int KEY_BYTES = 8;

  private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final AtomicInteger announced = new AtomicInteger(1_000_000);
  private final List<String> statements = new CopyOnWriteArrayList<>();
  private final Server.Database database;
  private final Mode mode;
  private final Session shared;

  Pooler(Server.Database database, Mode mode) throws IOException {
    this.database = database;
    this.mode = mode;
    shared = new Session();
    Thread.ofPlatform().daemon().name("pooler").start(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  /** What clients sent so far. */
  List<String> statements() {
    return List.copyOf(statements);
  }

  private void accept() {
    try {
      while (true) {
        var client = listener.accept();
        Thread.ofPlatform().daemon().name("pooler client").start(() -> serve(client));
      }
    } catch (IOException e) {
      // It is closed.
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      var in = new DataInputStream(socket.getInputStream());
      var out = new DataOutputStream(socket.getOutputStream());
      if (isLogIn(in, out)) {
        var session = mode == Mode.SESSION ? new Session() : shared;
        welcome(out);
        relay(in, out, session);
      }
    } catch (EOFException | SocketException e) {
      // The client is gone.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isLogIn(DataInputStream in, DataOutputStream out) throws IOException {
    while (true) {
      int length = in.readInt();
      int code = in.readInt();
      in.readNBytes(length - 2 * Integer.BYTES);
      if (code == PROTOCOL) {
        return true;
      } else if (length == 2 * Integer.BYTES) {
        out.writeByte('N');
      } else {
        return false;
      }
    }
  }

  private void welcome(DataOutputStream out) throws IOException {
    write(out, 'R', new byte[Integer.BYTES]);
    for (var setting : shared.settings) {
      write(out, 'S', setting);
    }
    var key = new byte[KEY_BYTES];
    ByteBuffer.wrap(key).putInt(announced.incrementAndGet());
    write(out, 'K', key);
    write(out, 'Z', new byte[] {'I'});
  }

  private void relay(DataInputStream in, DataOutputStream out, Session session) throws IOException {
    int type = in.readUnsignedByte();
    while (type == 'Q') {
      var statement = in.readNBytes(in.readInt() - Integer.BYTES);
      statements.add(new String(statement, StandardCharsets.UTF_8));
      synchronized (session) {
        write(session.out, 'Q', statement);
        session.answerTo(out);
      }
      type = in.readUnsignedByte();
    }
  }

  private static void write(DataOutputStream out, int type, byte[] body) throws IOException {
    out.writeByte(type);
    out.writeInt(body.length + Integer.BYTES);
    out.write(body);
    out.flush();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    shared.socket.close();
  }

  /** A session of the server. */
  private final class Session {

    final List<byte[]> settings = new CopyOnWriteArrayList<>();
    final Socket socket;
    final DataOutputStream out;
    private final DataInputStream in;

    Session() throws IOException {
      socket = new Socket(InetAddress.getLoopbackAddress(), database.server().getPort());
      in = new DataInputStream(socket.getInputStream());
      out = new DataOutputStream(socket.getOutputStream());
      var who = "user\0postgres\0database\0" + database.name() + "\0client_encoding\0UTF8\0\0";
      var body = who.getBytes(StandardCharsets.US_ASCII);
      out.writeInt(body.length + 2 * Integer.BYTES);
      out.writeInt(PROTOCOL);
      out.write(body);
      answerTo(new DataOutputStream(OutputStream.nullOutputStream()));
    }

    /** Passes on everything up to the server's readiness for the next statement. */
    void answerTo(DataOutputStream client) throws IOException {
      int type;
      do {
        type = in.readUnsignedByte();
        var body = in.readNBytes(in.readInt() - Integer.BYTES);
        if (type == 'S') {
          settings.add(body);
        }
        write(client, type, body);
      } while (type != 'Z');
    }
  }
}
