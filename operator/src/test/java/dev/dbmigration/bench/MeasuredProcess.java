package dev.dbmigration.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A process that has ended.
 *
 * @param wall from its start to its end
 * @param peakMemoryKiB the most resident memory that was seen, sampled every few milliseconds
 * @param output what it printed
 */
record MeasuredProcess(Duration wall, long peakMemoryKiB, String output) {

  /** Runs a command to its end; an exit status other than 0 is an error. */
  static MeasuredProcess of(List<String> command, Map<String, String> environment)
      throws IOException, InterruptedException {
    var output = Files.createTempFile("bench", ".out");
    var builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().putAll(environment);
    long start = System.nanoTime();
    var process = builder.start();
    long peak = 0;
    while (!process.waitFor(4, TimeUnit.MILLISECONDS)) {
      peak = Math.max(peak, peakMemoryKiB(process.pid()));
    }
    var wall = Duration.ofNanos(System.nanoTime() - start);
    var text = Files.readString(output);
    Files.delete(output);
    if (process.exitValue() != 0) {
      throw new IllegalStateException(
          command.getFirst() + " ended with " + process.exitValue() + ":\n" + text);
    }
    return new MeasuredProcess(wall, peak, text);
  }

  /** The high-water mark of a process's resident memory; 0 once it has ended. */
  static long peakMemoryKiB(long pid) {
    return memoryKiB(pid, "VmHWM:");
  }

  /** The resident memory of a process now; 0 once it has ended. */
  static long residentMemoryKiB(long pid) {
    return memoryKiB(pid, "VmRSS:");
  }

  private static long memoryKiB(long pid, String field) {
    try (var lines = Files.lines(Path.of("/proc", Long.toString(pid), "status"))) {
      return lines
          .filter(line -> line.startsWith(field))
          .map(line -> line.replaceAll("\\D", ""))
          .mapToLong(Long::parseLong)
          .findFirst()
          .orElse(0);
    } catch (IOException | java.io.UncheckedIOException e) {
      return 0;
    }
  }
}
