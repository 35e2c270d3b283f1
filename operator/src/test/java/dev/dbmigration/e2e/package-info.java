/**
 * The promises of the README on a real Kubernetes: the chart as it is shipped, with exactly its
 * rights, against real PostgreSQL servers. Must not reach into the operator: what these tests see
 * is what a user sees with {@code kubectl}. Start reading at {@link
 * dev.dbmigration.e2e.OnACluster}.
 */
@NullMarked
package dev.dbmigration.e2e;

import org.jspecify.annotations.NullMarked;
