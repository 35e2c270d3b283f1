/**
 * The engine in the Job's pod: reads, locks, plans, executes, records and reports one run. Never
 * talks to Kubernetes, and to a database only through the ports of {@code runner.dialect}. Begin
 * with {@link dev.dbmigration.runner.MigrationRun}.
 */
@NullMarked
package dev.dbmigration.runner;

import org.jspecify.annotations.NullMarked;
