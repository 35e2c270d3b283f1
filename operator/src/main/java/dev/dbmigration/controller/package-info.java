/**
 * The operator in a cluster: observes, lets {@link dev.dbmigration.reconcile.Reconciliation}
 * decide, carries the decision out and writes the status. Never reads a Secret and never talks to a
 * database. Start reading at {@code DatabaseMigrationReconciler}.
 */
@NullMarked
package dev.dbmigration.controller;

import org.jspecify.annotations.NullMarked;
