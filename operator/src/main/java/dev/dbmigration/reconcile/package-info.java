/**
 * The decision what to do next for a resource, and what its status says: pure functions of what was
 * observed and of the time. Knows neither Kubernetes nor a clock and does nothing itself. Start
 * reading at {@link dev.dbmigration.reconcile.Reconciliation}.
 */
@NullMarked
package dev.dbmigration.reconcile;

import org.jspecify.annotations.NullMarked;
