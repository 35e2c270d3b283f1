package dev.dbmigration.runner.source;

import dev.dbmigration.model.Finding;
import dev.dbmigration.model.Migration;
import dev.dbmigration.model.MigrationKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the files of a source as migrations. */
public final class MigrationFileParser {

  private static final int NAMED_AT_MOST = 10;

  private final List<Migration> migrations = new ArrayList<>();
  private final List<String> others = new ArrayList<>();
  private final List<Finding> findings = new ArrayList<>();
  private final Map<MigrationKey, List<String>> filesByKey = new LinkedHashMap<>();

  private MigrationFileParser() {}

  /** Reads all files. A SQL file that is no migration is a finding: ignoring it would lose data. */
  public static SourceReading parse(SourceFiles source) {
    var parser = new MigrationFileParser();
    for (var file : source.names()) {
      parser.read(source, file);
    }
    return parser.result();
  }

  private void read(SourceFiles source, String file) {
    switch (FileName.of(file.substring(file.lastIndexOf('/') + 1))) {
      case FileName.Other _ -> others.add(file);
      case FileName.Invalid(var problem, var remedy) ->
          findings.add(new Finding.FileNameInvalid(file, problem, remedy));
      case FileName.OfMigration(var key, var description) -> {
        filesByKey.computeIfAbsent(key, _ -> new ArrayList<>()).add(file);
        switch (FileText.of(source.read(file), key, file)) {
          case FileText.Unreadable(var finding) -> findings.add(finding);
          case FileText.Decoded(var text) ->
              migrations.add(Migration.of(key, description, file, text));
        }
      }
    }
  }

  private SourceReading result() {
    filesByKey.forEach((key, files) -> {
      if (files.size() > 1) {
        findings.add(new Finding.VersionDuplicate(key, files));
      }
    });
    if (migrations.isEmpty() && findings.isEmpty()) {
      findings.add(new Finding.SourceEmpty());
    }
    return findings.isEmpty()
        ? new SourceReading.Understood(migrations, notes())
        : new SourceReading.Refused(findings);
  }

  private List<String> notes() {
    if (others.isEmpty()) {
      return List.of();
    }
    var named = String.join(", ", others.subList(0, Math.min(others.size(), NAMED_AT_MOST)));
    int more = others.size() - NAMED_AT_MOST;
    return List.of(
        "Ignored, because the name does not end in .sql: "
            + named
            + (more > 0 ? " and " + more + " more." : "."));
  }
}
