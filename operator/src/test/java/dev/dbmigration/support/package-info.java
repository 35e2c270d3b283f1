/**
 * A small Kubernetes in memory, for tests and the quickstart: an API server, and a Job controller
 * with a kubelet that runs pods as local processes or as scripted ones. It knows of the operator
 * only the contract in {@code report}: it behaves as the real thing does, and the same tests run on
 * a real cluster. Start reading at {@link dev.dbmigration.support.InMemoryKubernetes}.
 */
@NullMarked
package dev.dbmigration.support;

import org.jspecify.annotations.NullMarked;
