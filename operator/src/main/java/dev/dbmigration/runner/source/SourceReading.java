package dev.dbmigration.runner.source;

import dev.dbmigration.model.Finding;
import dev.dbmigration.model.Migration;
import java.util.List;

/** What comes of reading a source. */
public sealed interface SourceReading {

  /**
   * All files are understood.
   *
   * @param migrations at least one, in the order of their files
   * @param notes which files were ignored; empty in general
   */
  record Understood(List<Migration> migrations, List<String> notes) implements SourceReading {
    /** Copies the lists. */
    public Understood {
      migrations = List.copyOf(migrations);
      notes = List.copyOf(notes);
    }
  }

  /**
   * Some file is not understood.
   *
   * @param findings all of them, at least one
   */
  record Refused(List<Finding> findings) implements SourceReading {
    /** Copies the findings. */
    public Refused {
      findings = List.copyOf(findings);
    }
  }
}
