/**
 * The shared vocabulary: what a migration, a plan, a run and its report are. Knows neither
 * Kubernetes, nor a database, nor a file system, and does nothing by itself. Start reading at
 * {@link dev.dbmigration.model.Migration} and {@link dev.dbmigration.model.RunRequest}.
 */
@NullMarked
package dev.dbmigration.model;

import org.jspecify.annotations.NullMarked;
