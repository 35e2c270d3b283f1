package dev.dbmigration.runner;

import dev.dbmigration.model.Checksum;
import dev.dbmigration.model.Failure;
import dev.dbmigration.model.Migration;
import dev.dbmigration.model.Reason;
import dev.dbmigration.model.Source;
import dev.dbmigration.report.InlineFiles;
import dev.dbmigration.report.RunContract;
import dev.dbmigration.runner.source.MigrationFileParser;
import dev.dbmigration.runner.source.SourceCopy;
import dev.dbmigration.runner.source.SourceFiles;
import dev.dbmigration.runner.source.SourceMounts;
import dev.dbmigration.runner.source.SourceReading;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The source of a run: what is mounted, copied once. */
final class MountedSource {

  private final RunnerSettings settings;
  private final RunDraft draft;

  private MountedSource(RunnerSettings settings, RunDraft draft) {
    this.settings = settings;
    this.draft = draft;
  }

  /**
   * Copies the source and reads its files; the draft learns of both.
   *
   * @throws RunFailedException if something of it is missing or not understood
   */
  static List<Migration> read(RunnerSettings settings, RunDraft draft) throws RunFailedException {
    try {
      return new MountedSource(settings, draft).read();
    } catch (IOException e) {
      throw new RunFailedException(
          Failure.of(
              Reason.RUNNER_FAILED,
              "The source cannot be read: " + e.getClass().getSimpleName() + ".",
              "Look at the pod: a volume is not readable. The run is tried again by itself."));
    }
  }

  private List<Migration> read() throws IOException, RunFailedException {
    var mounts =
        new SourceMounts(settings.root().resolve(RunContract.SOURCE_FOLDER), inlineFiles());
    return switch (SourceFiles.copy(settings.request().source(), mounts)) {
      case SourceCopy.Copied(var files) -> parse(files);
      case SourceCopy.Refused(var findings) ->
          throw new RunFailedException(Failure.ofAll(findings));
    };
  }

  private List<Migration> parse(SourceFiles files) throws RunFailedException {
    var digest = files.digest();
    draft.source(digest, List.of());
    return switch (MigrationFileParser.parse(files)) {
      case SourceReading.Understood(var migrations, var notes) -> {
        draft.source(digest, migrations);
        draft.warnings(notes);
        yield migrations;
      }
      case SourceReading.Refused(var findings) ->
          throw new RunFailedException(Failure.ofAll(findings));
    };
  }

  private SortedMap<String, String> inlineFiles() throws IOException, RunFailedException {
    return switch (settings.request().source()) {
      case Source.ConfigMaps _ -> new TreeMap<>();
      case Source.Inline _ -> unpacked();
    };
  }

  private SortedMap<String, String> unpacked() throws IOException, RunFailedException {
    var file = settings.root().resolve(RunContract.INLINE_FILE);
    if (!Files.exists(file)) {
      throw notAsRequested("they are not there");
    }
    var packed = Files.readString(file).strip();
    var expected = settings.request().inlineChecksum();
    if (!expected.equals(Optional.of(Checksum.ofText(packed)))) {
      throw notAsRequested("their checksum is another one");
    }
    try {
      return InlineFiles.unpack(packed);
    } catch (IllegalArgumentException e) {
      throw notAsRequested(String.valueOf(e.getMessage()));
    }
  }

  private static RunFailedException notAsRequested(String why) {
    return new RunFailedException(
        Failure.of(
            Reason.RUNNER_FAILED,
            "The inline files are not those that the operator gave to the Job: " + why + ".",
            "Check whether something changes the annotations of the operator's pods, such as a"
                + " mutating webhook. The run is tried again by itself."));
  }
}
