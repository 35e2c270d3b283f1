package dev.dbmigration.support;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Job controller and the kubelet of an {@link InMemoryKubernetes}: one pod per Job, never a
 * second one, and the statuses of both as Kubernetes writes them.
 */
public final class LocalJobController implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LocalJobController.class);

  private static final int MOST_ATTEMPTS = 10;

  /** Ends of pods are counted together for so long. */
  private static final Duration BATCH = Duration.ofSeconds(1);

  private static final class Run {
    Pod pod;
    Job job;
    Optional<PodRuntime.Started> started = Optional.empty();
    String failedBecause = "BackoffLimitExceeded";
    boolean stopping;
    boolean ended;
    Instant startedAt = Instant.now();

    Run(Job job, Pod pod) {
      this.job = job;
      this.pod = pod;
    }
  }

  private final KubernetesClient client;
  private final PodLogs logs;
  private final PodRuntime runtime;
  private final Map<String, Run> runs = new HashMap<>();
  private final ScheduledExecutorService loop =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("job-controller").factory());

  private LocalJobController(InMemoryKubernetes kubernetes, PodRuntime runtime) {
    this.client = kubernetes.client("job-controller", UnaryOperator.identity());
    this.logs = kubernetes.podLogs();
    this.runtime = runtime;
  }

  /** Starts one for all namespaces; closing it closes the runtime, too. */
  public static LocalJobController start(InMemoryKubernetes kubernetes, PodRuntime runtime) {
    var controller = new LocalJobController(kubernetes, runtime);
    controller.client.batch().v1().jobs().inAnyNamespace().inform(onChange(controller::jobChanged));
    controller.client.pods().inAnyNamespace().inform(onChange(controller::podChanged));
    return controller;
  }

  private static <T extends HasMetadata> ResourceEventHandler<T> onChange(Consumer<T> consumer) {
    return new ResourceEventHandler<>() {
      @Override
      public void onAdd(T object) {
        consumer.accept(object);
      }

      @Override
      public void onUpdate(T old, T object) {
        consumer.accept(object);
      }

      @Override
      public void onDelete(T object, boolean finalStateUnknown) {}
    };
  }

  private void jobChanged(Job job) {
    later(() -> {
      if (!PodManifest.isFinished(job)
          && job.getMetadata().getDeletionTimestamp() == null
          && !runs.containsKey(job.getMetadata().getUid())) {
        launch(job);
      }
    });
  }

  private void launch(Job job) {
    var pod = client.resource(PodManifest.of(job)).create();
    var run = new Run(job, pod);
    runs.put(job.getMetadata().getUid(), run);
    writeJob(run, JobStatuses.active());
    Optional.ofNullable(job.getSpec().getActiveDeadlineSeconds())
        .ifPresent(seconds -> loop.schedule(step(() -> deadline(run)), seconds, TimeUnit.SECONDS));
    run.started = Optional.of(runtime.start(pod, new Reporter(run)));
  }

  private void deadline(Run run) {
    if (!run.ended) {
      run.failedBecause = "DeadlineExceeded";
      client.resource(run.pod).delete();
    }
  }

  private void podChanged(Pod pod) {
    if (pod.getMetadata().getDeletionTimestamp() == null) {
      return;
    }
    later(() ->
        runs.values().stream()
            .filter(run -> sameUid(run.pod, pod) && !run.stopping)
            .findFirst()
            .ifPresent(this::stop));
  }

  private void stop(Run run) {
    run.stopping = true;
    writeJob(run, JobStatuses.terminating());
    var seconds =
        Objects.requireNonNullElse(run.pod.getSpec().getTerminationGracePeriodSeconds(), 30L);
    run.started.ifPresent(started -> started.stop(Duration.ofSeconds(seconds)));
  }

  private void ended(Run run, PodEnd end) {
    run.ended = true;
    writePod(run, PodStatuses.ended(run.pod, run.startedAt, end));
    if (run.stopping) {
      loop.schedule(step(() -> count(run, false)), BATCH.toMillis(), TimeUnit.MILLISECONDS);
    } else if (end.isPodAtItsEnd()) {
      count(run, end.isSuccess());
    } else {
      writeJob(run, JobStatuses.counts(0));
    }
  }

  /** A pod that was deleted is gone by the time its Job has failed. */
  private void count(Run run, boolean success) {
    release(run.pod);
    writeJob(run, success ? JobStatuses.complete() : JobStatuses.failed(run.failedBecause));
  }

  /** The pod may go now, if it was deleted. */
  private void release(Pod pod) {
    tolerant(
        () ->
            current(pod)
                .edit(current -> {
                  current.getMetadata().setFinalizers(List.of());
                  return current;
                }),
        () -> {});
  }

  private void writeJob(Run run, UnaryOperator<Job> status) {
    run.job = write(run.job, status);
  }

  private void writePod(Run run, UnaryOperator<Pod> status) {
    run.pod = write(run.pod, status);
  }

  /** Writes a status on top of the version that was seen last; reads a newer one if there is. */
  private <T extends HasMetadata> T write(T seen, UnaryOperator<T> status) {
    var current = new AtomicReference<>(seen);
    tolerant(
        () -> current.set(client.resource(status.apply(current.get())).updateStatus()),
        () -> Optional.ofNullable(client.resource(current.get()).get()).ifPresent(current::set));
    return current.get();
  }

  private PodResource current(Pod pod) {
    return client.pods().inNamespace(namespaceOf(pod)).withName(nameOf(pod));
  }

  private static String namespaceOf(HasMetadata object) {
    return object.getMetadata().getNamespace();
  }

  private static String nameOf(HasMetadata object) {
    return object.getMetadata().getName();
  }

  /** What is gone needs no status; what changed meanwhile is read again. */
  private static void tolerant(Runnable action, Runnable readAgain) {
    for (int attempt = 1; ; attempt++) {
      try {
        action.run();
        return;
      } catch (KubernetesClientException e) {
        if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
          return;
        }
        if (e.getCode() != HttpURLConnection.HTTP_CONFLICT || attempt == MOST_ATTEMPTS) {
          throw e;
        }
        readAgain.run();
      }
    }
  }

  private void later(Runnable action) {
    try {
      loop.execute(step(action));
    } catch (RejectedExecutionException e) {
      LOG.debug("ignored, because this is being closed", e);
    }
  }

  private Runnable step(Runnable action) {
    return () -> {
      try {
        action.run();
      } catch (RuntimeException e) {
        if (loop.isShutdown()) {
          LOG.debug("a step was cut short, because this is being closed", e);
        } else {
          LOG.error("a step of the local Job controller failed", e);
        }
      }
    };
  }

  private static boolean sameUid(HasMetadata one, HasMetadata other) {
    return one.getMetadata().getUid().equals(other.getMetadata().getUid());
  }

  @Override
  public void close() {
    loop.shutdownNow();
    loop.close();
    runtime.close();
    client.close();
  }

  private final class Reporter implements PodRuntime.Events {

    private final Run run;

    Reporter(Run run) {
      this.run = run;
    }

    @Override
    public void unschedulable(String message) {
      later(() -> writePod(run, PodStatuses.unschedulable(message)));
    }

    @Override
    public void waits(String reason, String message) {
      later(() -> writePod(run, PodStatuses.waiting(run.pod, reason, message)));
    }

    @Override
    public void runs() {
      later(() -> {
        run.startedAt = Instant.now();
        writePod(run, PodStatuses.running(run.pod, run.startedAt));
        writeJob(run, JobStatuses.counts(1));
      });
    }

    @Override
    public void wrote(String line) {
      logs.append(namespaceOf(run.pod), nameOf(run.pod), line);
    }

    @Override
    public void ended(PodEnd end) {
      later(() -> LocalJobController.this.ended(run, end));
    }
  }
}
