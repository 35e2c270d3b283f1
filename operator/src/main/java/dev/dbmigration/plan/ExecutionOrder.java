package dev.dbmigration.plan;

import dev.dbmigration.model.Migration;
import dev.dbmigration.model.MigrationKey;
import java.util.Comparator;

/** Versioned migrations by version, then repeatable ones by description. */
final class ExecutionOrder {

  static final Comparator<Migration> BY_KEY =
      Comparator.comparing(Migration::key, ExecutionOrder::compare);

  private ExecutionOrder() {}

  private static int compare(MigrationKey one, MigrationKey other) {
    return switch (one) {
      case MigrationKey.Versioned(var version) ->
          switch (other) {
            case MigrationKey.Versioned(var otherVersion) -> version.compareTo(otherVersion);
            case MigrationKey.Repeatable _ -> -1;
          };
      case MigrationKey.Repeatable(var description) ->
          switch (other) {
            case MigrationKey.Versioned _ -> 1;
            case MigrationKey.Repeatable(var otherDescription) ->
                description.compareTo(otherDescription);
          };
    };
  }
}
