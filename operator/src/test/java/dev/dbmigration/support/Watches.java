package dev.dbmigration.support;

import io.fabric8.mockwebserver.crud.AttributeSet;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.Response;
import io.fabric8.mockwebserver.http.WebSocket;
import io.fabric8.mockwebserver.http.WebSocketListener;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The watches that are open, and the changes of late: a watch starts behind the resource version
 * that it names, so that nothing is lost between a list and its watch. Used under the API's lock.
 */
final class Watches {

  private static final int KEPT = 50_000;
  private static final String GONE =
      "{\"type\":\"ERROR\",\"object\":{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\","
          + "\"reason\":\"Expired\",\"code\":410,\"message\":\"too old resource version\"}}";

  /** A change of one object; no attributes before it was created, none after it was deleted. */
  record Change(
      long version, Optional<AttributeSet> before, Optional<AttributeSet> after, String json) {}

  private final Deque<Change> changes = new ArrayDeque<>();
  private final List<Watch> open = new ArrayList<>();
  private final ExecutorService sender =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("watches").factory());
  private long oldest;

  synchronized void publish(Change change) {
    changes.addLast(change);
    if (changes.size() > KEPT) {
      oldest = changes.removeFirst().version();
    }
    List.copyOf(open).forEach(watch -> watch.tell(change));
  }

  /**
   * Answers a request to watch.
   *
   * @param query what is watched
   * @param version behind which; empty for everything that is there
   * @param present what is there
   */
  synchronized MockResponse answer(AttributeSet query, String version, List<String> present) {
    var first = new ArrayList<String>();
    if (version.isEmpty() || version.equals("0")) {
      present.forEach(json -> first.add(event("ADDED", json)));
    } else if (Long.parseLong(version) < oldest) {
      first.add(GONE);
    } else {
      changes.stream()
          .filter(change -> change.version() > Long.parseLong(version))
          .forEach(change -> seenBy(query, change).ifPresent(first::add));
    }
    var watch = new Watch(query, first);
    open.add(watch);
    return new MockResponse().withWebSocketUpgrade(watch);
  }

  /** Ends every watch, as a restarted API server would. */
  synchronized void cut() {
    List.copyOf(open).forEach(Watch::cut);
  }

  void close() {
    sender.shutdownNow();
  }

  private static Optional<String> seenBy(AttributeSet query, Change change) {
    boolean before = change.before().filter(attributes -> attributes.matches(query)).isPresent();
    boolean after = change.after().filter(attributes -> attributes.matches(query)).isPresent();
    if (!before && !after) {
      return Optional.empty();
    }
    var type = !after ? "DELETED" : before ? "MODIFIED" : "ADDED";
    return Optional.of(event(type, change.json()));
  }

  private static String event(String type, String json) {
    return "{\"type\":\"" + type + "\",\"object\":" + json + "}";
  }

  private final class Watch extends WebSocketListener {

    private final AttributeSet query;
    private List<String> waiting;
    private Optional<WebSocket> socket = Optional.empty();

    Watch(AttributeSet query, List<String> first) {
      this.query = query;
      this.waiting = first;
    }

    void tell(Change change) {
      seenBy(query, change).ifPresent(this::send);
    }

    private synchronized void send(String event) {
      socket.ifPresentOrElse(
          open -> sender.execute(() -> open.send(event)), () -> waiting.add(event));
    }

    synchronized void cut() {
      socket.ifPresent(open -> sender.execute(() -> open.close(1001, "the server goes away")));
    }

    @Override
    public synchronized void onOpen(WebSocket opened, Response response) {
      socket = Optional.of(opened);
      var first = waiting;
      waiting = List.of();
      first.forEach(event -> sender.execute(() -> opened.send(event)));
    }

    @Override
    public void onClosing(WebSocket closing, int code, String reason) {
      closing.close(code, reason);
    }

    @Override
    public void onClosed(WebSocket closed, int code, String reason) {
      forget();
    }

    @Override
    public void onFailure(WebSocket failed, Throwable cause, Response response) {
      forget();
    }

    private void forget() {
      synchronized (Watches.this) {
        open.remove(this);
      }
    }
  }
}
