package dev.dbmigration.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The packaged runner, started as the image starts it, with an AOT cache of this machine. */
final class RunnerProcess {

  private static final Path IMAGE = Path.of("target", "image");

  private final Path folder;
  private final Path cache;

  RunnerProcess(Path folder) {
    this.folder = folder;
    this.cache = folder.resolve("run.aot");
  }

  /** One run that writes the AOT cache. */
  void train(Map<String, String> environment) throws IOException, InterruptedException {
    MeasuredProcess.of(command("-XX:AOTCacheOutput=" + cache), environment);
  }

  /** One run. */
  MeasuredProcess run(Map<String, String> environment) throws IOException, InterruptedException {
    return MeasuredProcess.of(command("-XX:AOTCache=" + cache), environment);
  }

  private static List<String> command(String aot) throws IOException {
    return JavaCommand.of("run", "-Xms8m", "-Xmx48m", aot);
  }
}
