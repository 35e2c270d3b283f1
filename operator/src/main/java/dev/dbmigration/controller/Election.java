package dev.dbmigration.controller;

import dev.dbmigration.config.OperatorSettings.Lease;
import dev.dbmigration.model.ExitCode;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder.ExecutorSupplier;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.fabric8.kubernetes.client.impl.BaseClient;
import io.fabric8.kubernetes.client.impl.KubernetesClientImpl;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether this replica still takes part in the election of the leader. Whoever does asks for the
 * Lease every few seconds, leading or waiting, and again when the API server does not answer. The
 * library ends an election that meets an unexpected error, and tells nobody: only that nothing is
 * asked any more shows it.
 */
final class Election implements Interceptor {

  private static final Logger LOG = LoggerFactory.getLogger(Election.class);

  /** No request takes so long, and no pause between two. */
  static final Duration LONGEST_SILENCE = Duration.ofMinutes(2);

  private final Lease lease;
  private final InstantSource clock;
  private volatile Instant lastAsked = Instant.MAX;
  private volatile boolean isLeft;

  Election(Lease lease, InstantSource clock) {
    this.lease = lease;
    this.clock = clock;
  }

  /** The same client with the same connections, whose questions for the Lease are noticed here. */
  KubernetesClient noticing(KubernetesClient client) {
    var http =
        client.getHttpClient().newBuilder().addOrReplaceInterceptor("election", this).build();
    return new KubernetesClientImpl(
        http,
        client.getConfiguration(),
        sharing(client.adapt(BaseClient.class).getExecutor()),
        client.getKubernetesSerialization());
  }

  /** How it is held; who leads and loses the Lease ends its process, because another may lead. */
  LeaderElectionConfiguration settings(String identity) {
    Runnable nothing = () -> {};
    return LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(lease.name())
        .withLeaseNamespace(lease.namespace())
        .withIdentity(identity)
        .withLeaderCallbacks(new LeaderCallbacks(nothing, this::lost, _ -> {}))
        .withExitOnStopLeading(false)
        .build();
  }

  /** This replica takes part no longer. */
  void leave() {
    isLeft = true;
  }

  /** From now on it is expected to go on. */
  void begins() {
    lastAsked = clock.instant();
  }

  /** Whether it has not begun yet, or goes on. */
  boolean isAlive() {
    return lastAsked.isAfter(clock.instant().minus(LONGEST_SILENCE));
  }

  @Override
  public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
    if (request.uri().getPath().endsWith("/leases/" + lease.name())) {
      begins();
    }
  }

  private void lost() {
    if (!isLeft) {
      LOG.error("the lease is lost: the process ends, so that not two operators work");
      System.exit(ExitCode.INTERNAL.number());
    }
  }

  private static ExecutorSupplier sharing(Executor executor) {
    return new ExecutorSupplier() {
      @Override
      public Executor get() {
        return executor;
      }

      @Override
      public void onClose(Executor closed) {
        // belongs to the other client
      }
    };
  }
}
