package dev.dbmigration.model;

import java.util.List;
import java.util.Optional;

/**
 * One thing that the reading of a source, or the planner, refuses: nothing is executed while there
 * is one. No finding holds text that can come from a placeholder's value.
 */
public sealed interface Finding {

  /** The finding as a failure of the run, with message, place and remedy. */
  Failure toFailure();

  /**
   * ConfigMaps of the source are not there, or hold nothing.
   *
   * @param names at least one
   */
  record ConfigMapNotFound(List<String> names) implements Finding {
    /** Copies the names. */
    public ConfigMapNotFound {
      names = List.copyOf(names);
    }

    @Override
    public Failure toFailure() {
      var which = (names.size() == 1 ? "ConfigMap " : "ConfigMaps ") + String.join(", ", names);
      return Failure.of(
          Reason.CONFIG_MAP_NOT_FOUND,
          "The source cannot be read: " + which + " not found in the namespace, or empty.",
          "Create it in the namespace of the resource, with one key per migration file.");
    }
  }

  /**
   * A ConfigMap of the source holds something else in the pod than the operator saw.
   *
   * @param configMap its name
   */
  record SourceChanged(String configMap) implements Finding {
    @Override
    public Failure toFailure() {
      return Failure.of(
          Reason.SOURCE_CHANGED,
          "The pod saw other content of ConfigMap %s than the operator.".formatted(configMap),
          "Nothing was executed, and nothing has to be done: another run follows by itself.");
    }
  }

  /** The source has files perhaps, but no migration. */
  record SourceEmpty() implements Finding {
    @Override
    public Failure toFailure() {
      return Failure.of(
          Reason.SOURCE_EMPTY,
          "The source holds no migration.",
          "Add a file such as V1__create_orders.sql, or point spec.source at the right place.");
    }
  }

  /**
   * A file whose name fits no convention.
   *
   * @param file path below the root of the source
   * @param problem a clause: what is wrong with the name
   * @param remedy a sentence: what it should be
   */
  record FileNameInvalid(String file, String problem, String remedy) implements Finding {
    @Override
    public Failure toFailure() {
      return Failure.of(
              Reason.FILE_NAME_INVALID,
              "The source cannot be read: the file name %s %s.".formatted(file, problem),
              remedy)
          .inFile(file);
    }
  }

  /**
   * Several files are one migration.
   *
   * @param key the version, or the description of a repeatable migration
   * @param files at least two
   */
  record VersionDuplicate(MigrationKey key, List<String> files) implements Finding {
    /** Copies the files. */
    public VersionDuplicate {
      files = List.copyOf(files);
    }

    @Override
    public Failure toFailure() {
      var what =
          switch (key) {
            case MigrationKey.Versioned _ -> "version " + key.text();
            case MigrationKey.Repeatable _ -> "repeatable migration " + key.text();
          };
      return Failure.of(
              Reason.VERSION_DUPLICATE,
              "The source cannot be read: %s is given by more than one file: %s."
                  .formatted(what, String.join(", ", files)),
              "Give each file a version of its own; leave a file as it is that is applied already.")
          .of(key)
          .inFile(files.getLast());
    }
  }

  /**
   * The content of a file cannot be understood.
   *
   * @param key the migration
   * @param position where what is wrong begins
   * @param problem a sentence
   * @param remedy a sentence
   */
  record FileUnreadable(MigrationKey key, SourcePosition position, String problem, String remedy)
      implements Finding {
    @Override
    public Failure toFailure() {
      return Failure.of(
              Reason.FILE_UNREADABLE,
              "Migration %s cannot be read, %s: %s".formatted(key.text(), position, problem),
              remedy)
          .of(key)
          .at(position);
    }
  }

  /**
   * A statement that begins or ends a transaction.
   *
   * @param key the migration
   * @param position of the statement
   * @param problem a sentence that names the statement
   * @param remedy a sentence
   */
  record TransactionControl(
      MigrationKey key, SourcePosition position, String problem, String remedy) implements Finding {
    @Override
    public Failure toFailure() {
      return Failure.of(
              Reason.TRANSACTION_CONTROL_IN_FILE,
              "Migration %s cannot be executed, %s: %s".formatted(key.text(), position, problem),
              remedy)
          .of(key)
          .at(position);
    }
  }

  /**
   * A placeholder without a value.
   *
   * @param key the migration
   * @param position of the placeholder
   * @param name as written in the file
   */
  record PlaceholderMissing(MigrationKey key, SourcePosition position, String name)
      implements Finding {
    @Override
    public Failure toFailure() {
      return Failure.of(
              Reason.PLACEHOLDER_MISSING,
              "Migration %s cannot be executed, %s: the placeholder ${%s} has no value."
                  .formatted(key.text(), position, name),
              "Define it in spec.source.placeholders or in the Secret that"
                  + " spec.source.placeholdersSecretName names. If the file means this text"
                  + " literally, begin it with the line: -- dbmigration:placeholders=off")
          .of(key)
          .at(position);
    }
  }

  /**
   * An applied migration's file was changed.
   *
   * @param key the migration
   * @param file as it is called in the source
   * @param expected the checksum in the history
   * @param found the checksum of the file
   */
  record ChecksumMismatch(MigrationKey key, String file, Checksum expected, Checksum found)
      implements Finding {
    @Override
    public Failure toFailure() {
      return Failure.of(
              Reason.CHECKSUM_MISMATCH,
              "Migration %s in %s was changed after it was applied: the history has %s, the file %s."
                  .formatted(key.text(), file, expected, found),
              "Put the file back as it was, and write a new migration for the change.")
          .of(key)
          .inFile(file);
    }
  }

  /**
   * A pending version below the highest applied.
   *
   * @param key the migration
   * @param file its file
   * @param highest the highest applied version
   */
  record OutOfOrder(MigrationKey key, String file, Version highest) implements Finding {
    @Override
    public Failure toFailure() {
      return Failure.of(
              Reason.OUT_OF_ORDER,
              "Migration %s in %s is not applied, but version %s above it is."
                  .formatted(key.text(), file, highest),
              "Give it a version above %s, or set spec.outOfOrder: Allow.".formatted(highest))
          .of(key)
          .inFile(file);
    }
  }

  /**
   * No history, but a schema that is not empty.
   *
   * @param objects names of some objects, at least one
   */
  record TargetNotEmpty(List<String> objects) implements Finding {
    /** Copies the names. */
    public TargetNotEmpty {
      objects = List.copyOf(objects);
    }

    @Override
    public Failure toFailure() {
      return Failure.of(
          Reason.TARGET_NOT_EMPTY,
          "The target has no history, yet its schema is not empty: it holds %s."
              .formatted(String.join(", ", objects)),
          "Check that spec.target means the right database and schema. If it does, set"
              + " spec.baselineVersion to the version at which the schema stands.");
    }
  }

  /**
   * The history is not the one that the resource has seen, or a part of it is gone.
   *
   * @param known the newest entry that the resource has seen
   * @param newest the newest entry that there is; absent for an empty history
   */
  record HistoryWentBack(HistoryEntry.Head known, Optional<HistoryEntry.Head> newest)
      implements Finding {
    @Override
    public Failure toFailure() {
      var why =
          newest
              .filter(head -> head.sequence() >= known.sequence())
              .map(_ -> "has another entry " + known.sequence())
              .orElseGet(
                  () -> "ends with entry " + newest.map(HistoryEntry.Head::sequence).orElse(0L));
      return Failure.of(
          Reason.HISTORY_WENT_BACK,
          "The target's history %s, but entry %d (%s) was seen before: the database was replaced or restored."
              .formatted(why, known.sequence(), known.hash().abbreviated()),
          "Point spec.target back at the database that was migrated, or restore it to a later"
              + " point. If this database is the right one, delete the resource and create it"
              + " again: it then continues from the history that is there.");
    }
  }

  /**
   * An entry of the history was changed or deleted.
   *
   * @param sequence of the first entry that does not fit
   */
  record HistoryDamaged(long sequence) implements Finding {
    @Override
    public Failure toFailure() {
      return Failure.of(
          Reason.HISTORY_DAMAGED,
          "The target's history was changed by hand: entry %d does not continue the one before it."
              .formatted(sequence),
          "Restore the rows of the history table from a backup. Nothing is executed until then.");
    }
  }

  /**
   * A migration was begun in parts, and the parts that are done are not those of the source now.
   *
   * @param key the migration
   * @param file as it was called when it was begun
   * @param finished how many of its parts are done
   */
  record UnfinishedChanged(MigrationKey key, String file, int finished) implements Finding {
    @Override
    public Failure toFailure() {
      return Failure.of(
              Reason.PARTIALLY_APPLIED,
              "Migration %s in %s was begun, %d of its parts are done, and since then its file was removed, or its text or a placeholder changed in them."
                  .formatted(key.text(), file, finished),
              "Put the file and the placeholders back, with the parts that are done as they were:"
                  + " the run then goes on behind them. What follows them may be mended.")
          .of(key)
          .inFile(file);
    }
  }
}
