package dev.dbmigration.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LocalJobControllerTest {

  private static final Logger LOG = (Logger) LoggerFactory.getLogger(LocalJobController.class);
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final InMemoryKubernetes kubernetes = InMemoryKubernetes.start();
  private final KubernetesClient client = kubernetes.client();
  private final ScriptedPods pods = new ScriptedPods();
  private final LocalJobController controller = LocalJobController.start(kubernetes, pods);

  @AfterEach
  void stop() {
    controller.close();
    kubernetes.close();
  }

  @Test
  void completesAJobWhosePodExitsWithZero() {
    pods.onStart(pod -> new ScriptedPods.Script.End(PodEnd.exited(0, "{}"), List.of("a", "b")));

    create(job("j"));

    await().atMost(PATIENCE).until(() -> hasCondition("j", "Complete"));
    var pod = podOf("j").getFirst();
    assertThat(pod.getStatus().getPhase()).isEqualTo("Succeeded");
    var terminated = pod.getStatus().getContainerStatuses().getFirst().getState().getTerminated();
    assertThat(terminated.getExitCode()).isZero();
    assertThat(terminated.getMessage()).isEqualTo("{}");
    assertThat(client.pods().resource(pod).tailingLines(1).getLog()).isEqualTo("b\n");
  }

  @Test
  void failsAJobWhosePodIsEvicted() {
    create(job("j"));
    await().atMost(PATIENCE).until(() -> pods.jobs().contains("j"));

    pods.end("j", PodEnd.evicted());

    await().atMost(PATIENCE).until(() -> hasCondition("j", "Failed"));
    assertThat(podOf("j").getFirst().getStatus().getReason()).isEqualTo("Evicted");
  }

  @Test
  void stopsAPodThatIsDeletedBeforeItRemovesIt() {
    create(job("j"));
    await().atMost(PATIENCE).until(() -> !podOf("j").isEmpty() && pods.jobs().contains("j"));

    client.pods().inNamespace("shop").resource(podOf("j").getFirst()).delete();

    await().atMost(PATIENCE).until(() -> hasCondition("j", "Failed"));
    assertThat(podOf("j")).isEmpty();
    assertThat(pods.jobs()).isEmpty();
  }

  @Test
  void stopsThePodOfADeletedJob() {
    create(job("j"));
    await().atMost(PATIENCE).until(() -> pods.jobs().contains("j"));

    client
        .batch()
        .v1()
        .jobs()
        .inNamespace("shop")
        .withName("j")
        .withPropagationPolicy(DeletionPropagation.BACKGROUND)
        .delete();

    await().atMost(PATIENCE).until(() -> podOf("j").isEmpty() && pods.jobs().isEmpty());
  }

  @Test
  void failsAJobBeyondItsDeadline() {
    create(new JobBuilder(job("j")).editSpec().withActiveDeadlineSeconds(1L).endSpec().build());

    await().atMost(PATIENCE).until(() -> hasCondition("j", "Failed"));

    var condition = find("j").getStatus().getConditions().getLast();
    assertThat(condition.getReason()).isEqualTo("DeadlineExceeded");
  }

  @Test
  void showsWhyAContainerCannotStart() {
    pods.onStart(pod -> new ScriptedPods.Script.Wait("ImagePullBackOff", "no such image"));

    create(job("j"));

    await()
        .atMost(PATIENCE)
        .untilAsserted(() ->
            assertThat(podOf("j"))
                .singleElement()
                .extracting(pod -> pod.getStatus().getContainerStatuses())
                .satisfies(statuses ->
                    assertThat(statuses.getFirst().getState().getWaiting().getReason())
                        .isEqualTo("ImagePullBackOff")));
  }

  @Test
  void isQuietWhenItIsClosedInTheMiddleOfAStep() throws InterruptedException {
    var messages = new ListAppender<ILoggingEvent>();
    messages.start();
    LOG.addAppender(messages);
    var inTheMiddle = new CountDownLatch(1);
    pods.onStart(pod -> waitForEver(inTheMiddle));
    create(job("j"));
    inTheMiddle.await();

    controller.close();

    LOG.detachAppender(messages);
    assertThat(messages.list).noneMatch(message -> message.getLevel().isGreaterOrEqual(Level.WARN));
  }

  private static ScriptedPods.Script waitForEver(CountDownLatch started) {
    try {
      started.countDown();
      new CountDownLatch(1).await();
      return new ScriptedPods.Script.Run();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void create(Job job) {
    client.resource(job).create();
  }

  private Job find(String name) {
    return client.batch().v1().jobs().inNamespace("shop").withName(name).get();
  }

  private boolean hasCondition(String name, String type) {
    var job = find(name);
    return job.getStatus() != null
        && job.getStatus().getConditions().stream()
            .anyMatch(condition -> condition.getType().equals(type));
  }

  private List<Pod> podOf(String job) {
    return client
        .pods()
        .inNamespace("shop")
        .withLabel("batch.kubernetes.io/job-name", job)
        .list()
        .getItems();
  }

  private static Job job(String name) {
    return new JobBuilder()
        .withNewMetadata()
        .withNamespace("shop")
        .withName(name)
        .endMetadata()
        .withNewSpec()
        .withBackoffLimit(0)
        .withNewTemplate()
        .withNewSpec()
        .withRestartPolicy("Never")
        .addNewContainer()
        .withName("migrate")
        .withImage("runner")
        .endContainer()
        .endSpec()
        .endTemplate()
        .endSpec()
        .build();
  }
}
