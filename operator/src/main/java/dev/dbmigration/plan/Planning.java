package dev.dbmigration.plan;

import dev.dbmigration.model.Finding;
import dev.dbmigration.model.Plan;
import java.util.List;

/** What comes of planning: a plan or the findings that forbid it, never half of both. */
public sealed interface Planning {

  /**
   * The run may go on.
   *
   * @param plan what it does; without steps when nothing is pending
   */
  record Planned(Plan plan) implements Planning {}

  /**
   * Nothing may be executed.
   *
   * @param findings all of them, at least one, the most fundamental first
   */
  record Refused(List<Finding> findings) implements Planning {
    /** Copies the findings. */
    public Refused {
      findings = List.copyOf(findings);
    }
  }
}
