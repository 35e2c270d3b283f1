/**
 * The program behind {@code ./quickstart}: the real controller and the real runner on a small
 * Kubernetes in memory and a real PostgreSQL, without a cluster. It decides nothing; it applies
 * files as {@code kubectl} would and shows what happens. Start reading at {@link
 * dev.dbmigration.quickstart.Quickstart}.
 */
@NullMarked
package dev.dbmigration.quickstart;

import org.jspecify.annotations.NullMarked;
