package dev.dbmigration.runner;

import dev.dbmigration.model.Migration;
import dev.dbmigration.sql.Placeholders;
import dev.dbmigration.sql.ScriptReading;

/** Understands the text of migrations for one kind of database. */
@FunctionalInterface
public interface ScriptReader {

  /** Resolves the placeholders of a migration and splits its text into what is executed. */
  ScriptReading read(Migration migration, Placeholders placeholders);
}
