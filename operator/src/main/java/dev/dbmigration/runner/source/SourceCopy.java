package dev.dbmigration.runner.source;

import dev.dbmigration.model.Finding;
import java.util.List;

/** What comes of copying a source. */
public sealed interface SourceCopy {

  /**
   * All files are there.
   *
   * @param files the copy
   */
  record Copied(SourceFiles files) implements SourceCopy {}

  /**
   * The source is not complete, or not one.
   *
   * @param findings at least one
   */
  record Refused(List<Finding> findings) implements SourceCopy {
    /** Copies the findings. */
    public Refused {
      findings = List.copyOf(findings);
    }
  }
}
