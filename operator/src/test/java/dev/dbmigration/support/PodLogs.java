package dev.dbmigration.support;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** What the containers of pods wrote; outlives a pod's process but not the pod. */
public final class PodLogs {

  private final Map<String, StringBuffer> logs = new ConcurrentHashMap<>();

  /** Adds a line. */
  public void append(String namespace, String pod, String line) {
    logs.computeIfAbsent(namespace + "/" + pod, key -> new StringBuffer())
        .append(line)
        .append('\n');
  }

  /** Everything that a pod wrote; empty if nothing. */
  public String of(String namespace, String pod) {
    return logs.getOrDefault(namespace + "/" + pod, new StringBuffer()).toString();
  }

  /** Everything that all pods wrote, one text each. */
  public List<String> all() {
    return logs.values().stream().map(StringBuffer::toString).toList();
  }

  /** The answer to a request for {@code pods/log}, with its limits. */
  String answer(ApiRequest request) {
    var log = of(request.namespace(), request.name());
    var tail = request.parameter("tailLines");
    if (!tail.isEmpty()) {
      var lines = log.lines().toList();
      var from = Math.max(0, lines.size() - Integer.parseInt(tail));
      log =
          lines.subList(from, lines.size()).stream()
              .map(line -> line + "\n")
              .collect(Collectors.joining());
    }
    var limit = request.parameter("limitBytes");
    return limit.isEmpty()
        ? log
        : log.substring(0, Math.min(log.length(), Integer.parseInt(limit)));
  }
}
