package dev.dbmigration.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.api.v1alpha1.DatabaseMigration;
import dev.dbmigration.controller.EventRecorder.Kind;
import dev.dbmigration.support.ApiRequest;
import dev.dbmigration.support.InMemoryKubernetes;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Events, within the bounds that the API server sets. */
class EventRecorderTest {

  private static final String DNS_SUBDOMAIN =
      "[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*";

  private final InMemoryKubernetes kubernetes = InMemoryKubernetes.start();

  @AfterEach
  void close() {
    kubernetes.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 199, 200, 201, 253})
  void theNameOfAnEventIsValidWhateverTheResourceIsCalled(int length) {
    var name = "o".repeat(length);

    recorder().record(resource(name), Kind.NORMAL, "Applied", "1 migration is applied.");

    assertThat(events().getFirst().getMetadata().getName())
        .hasSizeLessThanOrEqualTo(253)
        .matches(DNS_SUBDOMAIN)
        .startsWith(name.substring(0, Math.min(length, 200)) + ".");
  }

  @Test
  void aNameIsNotCutBehindAPointOrDash() {
    var name = "a".repeat(198) + "-." + "b".repeat(20);

    recorder().record(resource(name), Kind.NORMAL, "Applied", "1 migration is applied.");

    assertThat(events().getFirst().getMetadata().getName()).matches(DNS_SUBDOMAIN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "ошибка", "関係が存在しません", "a😀", "😀"})
  void aNoteFillsAKibibyteAndIsNotCutThroughACharacter(String words) {
    recorder().record(resource("orders"), Kind.WARNING, "MigrationFailed", words.repeat(2000));

    var note = events().getFirst().getNote();
    assertThat(note.getBytes(StandardCharsets.UTF_8).length).isBetween(1018, 1024);
    assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(note)).isTrue();
    assertThat(note).endsWith("…");
  }

  @Test
  void theNameOfAnOperatorFitsIntoItsField() {
    var recorder = new EventRecorder(kubernetes.client(), Clock.systemUTC(), "o".repeat(253));

    recorder.record(resource("orders"), Kind.NORMAL, "Applied", "1 migration is applied.");

    var instance = events().getFirst().getReportingInstance();
    assertThat(instance.getBytes(StandardCharsets.UTF_8).length).isEqualTo(128);
  }

  @Test
  void whatIsSaidAgainIsCounted() {
    var recorder = recorder();
    say(recorder, "TargetUnreachable");
    assertThat(events().getFirst().getSeries()).isNull();

    say(recorder, "TargetUnreachable");
    say(recorder, "TargetUnreachable");
    say(recorder, "DiskFull");

    assertThat(events()).hasSize(2);
    assertThat(count("TargetUnreachable")).isEqualTo(3);
  }

  @Test
  void anotherOperatorGoesOnCounting() {
    var first = recorder();
    say(first, "TargetUnreachable");
    say(first, "TargetUnreachable");
    say(first, "TargetUnreachable");

    var second = recorder();
    say(second, "TargetUnreachable");
    say(second, "TargetUnreachable");

    assertThat(count("TargetUnreachable")).isEqualTo(5);
  }

  @Test
  void anEventThatIsRefusedFailsNothing() {
    kubernetes.faults().refuse(ApiRequest.matching("create", "events"), 403);

    say(recorder(), "TargetUnreachable");

    assertThat(events()).isEmpty();
  }

  private EventRecorder recorder() {
    return new EventRecorder(kubernetes.client(), Clock.systemUTC(), "operator-1");
  }

  private static void say(EventRecorder recorder, String reason) {
    recorder.record(resource("orders"), Kind.WARNING, reason, "The database does not answer.");
  }

  private static DatabaseMigration resource(String name) {
    var resource = Resources.inline(name);
    resource.getMetadata().setUid("3f9c1a02-0000-4000-8000-000000000000");
    return resource;
  }

  private int count(String reason) {
    return events().stream()
        .filter(event -> event.getReason().equals(reason))
        .map(event -> event.getSeries().getCount())
        .findFirst()
        .orElseThrow();
  }

  private List<Event> events() {
    return kubernetes.client().events().v1().events().inNamespace("shop").list().getItems();
  }
}
