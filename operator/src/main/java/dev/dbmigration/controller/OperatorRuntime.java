package dev.dbmigration.controller;

import dev.dbmigration.api.v1alpha1.DatabaseMigration;
import dev.dbmigration.config.OperatorSettings;
import dev.dbmigration.controller.cluster.Slim;
import dev.dbmigration.controller.cluster.SlimStore;
import dev.dbmigration.controller.run.ActiveRuns;
import dev.dbmigration.metrics.OperatorMetrics;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.ConfigurationServiceOverrider;
import io.javaoperatorsdk.operator.api.config.ControllerConfigurationOverrider;
import io.javaoperatorsdk.operator.processing.event.rate.LinearRateLimiter;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The operator at work: started and stopped as a whole. */
public final class OperatorRuntime implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(OperatorRuntime.class);

  private static final String FINALIZER = "dbmigration.dev/run";
  private static final Duration FAIL_SAFE = Duration.ofMinutes(30);
  private static final Duration LAST_STEPS = Duration.ofSeconds(10);

  /** Each asks one thing at a time; a connection to the API server carries a hundred. */
  private static final int RECONCILIATIONS_AT_ONCE = 32;

  private final Operator operator;
  private final Optional<Election> election;

  private OperatorRuntime(Operator operator, Optional<Election> election) {
    this.operator = operator;
    this.election = election;
  }

  /**
   * Puts the operator together; {@link #start} starts it.
   *
   * @param client reaches the cluster; stays open
   * @param settings how it behaves
   * @param registry where it counts
   * @param clock the time
   */
  public static OperatorRuntime of(
      KubernetesClient client, OperatorSettings settings, MeterRegistry registry, Clock clock) {
    var instance = instance();
    var metrics = new OperatorMetrics(registry);
    var runs = new ActiveRuns(settings.maxConcurrentRuns());
    var events = new EventRecorder(client, clock, instance);
    var shared = new Shared(settings, runs, new Announcer(events, metrics), clock);
    var election = settings.lease().map(lease -> new Election(lease, clock));
    var framework = election.map(it -> it.noticing(client)).orElse(client);
    var operator =
        new Operator(overrider -> {
          configure(overrider, framework, metrics);
          election.ifPresent(
              it -> overrider.withLeaderElectionConfiguration(it.settings(instance)));
        });
    var stores = new ArrayList<SlimStore<DatabaseMigration>>();
    for (var namespaces : namespacesOfEachController(settings)) {
      var store = store(runs);
      stores.add(store);
      operator.register(
          new DatabaseMigrationReconciler(client, shared),
          overrider -> configure(overrider, namespaces, store));
    }
    metrics.showRuns(runs::active, settings.maxConcurrentRuns(), runs::queued);
    metrics.showResources(new ResourceCount(List.copyOf(stores)));
    return new OperatorRuntime(operator, election);
  }

  /**
   * Starts to watch, and to work; with leader election, to work as soon as this replica leads.
   *
   * @throws io.javaoperatorsdk.operator.OperatorException if the cluster does not let it watch
   */
  public void start() {
    operator.start();
    election.ifPresent(Election::begins);
  }

  /** Whether this replica works, or will when it is its turn; if not, only a new process helps. */
  public boolean isAlive() {
    boolean isAlive = election.map(Election::isAlive).orElse(true);
    if (!isAlive) {
      LOG.error(
          "the election of the leader goes on without this replica, which has to be restarted");
    }
    return isAlive;
  }

  /** Whether everything is watched that has to be. */
  public boolean isReady() {
    var info = operator.getRuntimeInfo();
    return info.isStarted() && info.allEventSourcesAreHealthy();
  }

  /**
   * Lets the step that is going end when the process is told to stop. Not with leader election:
   * there a hook would wait for itself, and the lease simply runs out.
   */
  public void stopWithProcess() {
    if (election.isEmpty()) {
      operator.installShutdownHook(LAST_STEPS);
    }
  }

  @Override
  public void close() {
    election.ifPresent(Election::leave);
    operator.stop();
  }

  private static SlimStore<DatabaseMigration> store(ActiveRuns runs) {
    return new SlimStore<>(
        Slim::resource,
        kept -> ClusterObserver.noteTarget(kept, runs),
        gone -> runs.forget(ClusterObserver.ref(gone)));
  }

  private static void configure(
      ConfigurationServiceOverrider overrider, KubernetesClient client, OperatorMetrics metrics) {
    overrider
        .withKubernetesClient(client)
        .withCloseClientOnStop(false)
        .withUseSSAToPatchPrimaryResource(false)
        .withExecutorService(
            Executors.newFixedThreadPool(RECONCILIATIONS_AT_ONCE, Thread.ofVirtual().factory()))
        .withReconciliationTerminationTimeout(LAST_STEPS)
        .withMetrics(new FailureCount(metrics));
  }

  private static void configure(
      ControllerConfigurationOverrider<DatabaseMigration> overrider,
      Optional<String> namespace,
      SlimStore<DatabaseMigration> store) {
    namespace.ifPresentOrElse(overrider::settingNamespace, overrider::watchingAllNamespaces);
    overrider
        .withName("databasemigrations" + namespace.map(name -> "-" + name).orElse(""))
        .withFinalizer(FINALIZER)
        .withItemStore(store)
        .withReconciliationMaxInterval(FAIL_SAFE)
        .withRateLimiter(new LinearRateLimiter(Duration.ofSeconds(10), 20))
        .withRetry(
            new GenericRetry()
                .setInitialInterval(Duration.ofSeconds(1))
                .setIntervalMultiplier(2)
                .setMaxInterval(Duration.ofMinutes(1).toMillis())
                .withoutMaxAttempts());
  }

  /** One controller for each namespace: a store of objects can serve only one informer. */
  private static List<Optional<String>> namespacesOfEachController(OperatorSettings settings) {
    return settings.watchNamespaces().isEmpty()
        ? List.of(Optional.empty())
        : settings.watchNamespaces().stream().map(Optional::of).toList();
  }

  private static String instance() {
    var host = Optional.ofNullable(System.getenv("HOSTNAME")).orElse("operator");
    return host + "-" + UUID.randomUUID().toString().substring(0, 8);
  }
}
