package dev.dbmigration.sql;

import dev.dbmigration.model.Finding;
import java.util.List;

/** What comes of reading a migration's text. */
public sealed interface ScriptReading {

  /**
   * The text can be executed.
   *
   * @param script what to execute
   * @param notes what was left out, and where; empty in general
   */
  record Understood(Script script, List<String> notes) implements ScriptReading {
    /** Copies the notes. */
    public Understood {
      notes = List.copyOf(notes);
    }
  }

  /**
   * The text must not be executed.
   *
   * @param findings at least one, in the order of the text
   */
  record Refused(List<Finding> findings) implements ScriptReading {
    /** Copies the findings. */
    public Refused {
      findings = List.copyOf(findings);
    }
  }
}
