package dev.dbmigration.controller;

import dev.dbmigration.api.v1alpha1.DatabaseMigration;
import dev.dbmigration.controller.cluster.ApiError;
import dev.dbmigration.job.JobIdentity;
import dev.dbmigration.model.Checksum;
import dev.dbmigration.report.Excerpt;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.api.model.events.v1.EventBuilder;
import io.fabric8.kubernetes.api.model.events.v1.EventSeries;
import io.fabric8.kubernetes.api.model.events.v1.EventSeriesBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells people what happened to a resource. The name of an event follows from what it says, so that
 * a repetition counts up instead of adding another. Events are a courtesy: what fails here fails
 * nothing else.
 */
final class EventRecorder {

  /** How an event is meant. */
  enum Kind {
    NORMAL("Normal"),
    WARNING("Warning");

    private final String text;

    Kind(String text) {
      this.text = text;
    }
  }

  private static final Logger LOG = LoggerFactory.getLogger(EventRecorder.class);

  /** What the API server takes, in bytes. */
  private static final int LONGEST_NOTE = 1024;

  private static final int LONGEST_INSTANCE = 128;

  /** Of a resource's name; the rest of the 253 characters of an event's name is for the digest. */
  private static final int LONGEST_NAME = 200;

  private static final int REMEMBERED = 1000;

  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private final KubernetesClient client;
  private final Clock clock;
  private final String instance;

  private final Map<String, Integer> counts =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
          return size() > REMEMBERED;
        }
      };

  EventRecorder(KubernetesClient client, Clock clock, String instance) {
    this.client = client;
    this.clock = clock;
    this.instance = Excerpt.ofBytes(instance, LONGEST_INSTANCE);
  }

  /** Records that something happened. */
  void record(DatabaseMigration resource, Kind kind, String reason, String note) {
    var event = event(resource, kind, reason, Excerpt.ofBytes(note, LONGEST_NOTE));
    try {
      client.resource(event).create();
      count(event.getMetadata().getName(), 1);
    } catch (KubernetesClientException e) {
      if (ApiError.isConflict(e)) {
        countUp(event);
      } else {
        notRecorded(event, e);
      }
    }
  }

  private void countUp(Event event) {
    try {
      var name = event.getMetadata().getName();
      if (!isCounted(name)) {
        count(name, recordedCount(event));
      }
      var series =
          new EventSeriesBuilder()
              .withCount(count(name, 1))
              .withLastObservedTime(new MicroTime(MICROS.format(clock.instant())))
              .build();
      patch(change(event).withSeries(series).build());
    } catch (KubernetesClientException e) {
      notRecorded(event, e);
    }
  }

  /** How often it was recorded before this process began: a patch of nothing says it. */
  private int recordedCount(Event event) {
    return Optional.ofNullable(patch(change(event).build()).getSeries())
        .map(EventSeries::getCount)
        .orElse(1);
  }

  private Event patch(Event change) {
    return client.resource(change).patch(PatchContext.of(PatchType.JSON_MERGE), change);
  }

  private static EventBuilder change(Event event) {
    return new EventBuilder()
        .withNewMetadata()
        .withNamespace(event.getMetadata().getNamespace())
        .withName(event.getMetadata().getName())
        .endMetadata();
  }

  private synchronized boolean isCounted(String name) {
    return counts.containsKey(name);
  }

  private synchronized int count(String name, int more) {
    return counts.merge(name, more, Integer::sum);
  }

  private Event event(DatabaseMigration resource, Kind kind, String reason, String note) {
    var meta = resource.getMetadata();
    var identity =
        Checksum.ofBytes(
            (meta.getUid() + '\n' + reason + '\n' + note).getBytes(StandardCharsets.UTF_8));
    return new EventBuilder()
        .withNewMetadata()
        .withNamespace(meta.getNamespace())
        .withName(
            JobIdentity.shortened(meta.getName(), LONGEST_NAME) + "." + identity.abbreviated())
        .endMetadata()
        .withRegarding(
            new ObjectReferenceBuilder()
                .withApiVersion(resource.getApiVersion())
                .withKind(resource.getKind())
                .withNamespace(meta.getNamespace())
                .withName(meta.getName())
                .withUid(meta.getUid())
                .build())
        .withType(kind.text)
        .withReason(reason)
        .withAction("Migrate")
        .withNote(note)
        .withEventTime(new MicroTime(MICROS.format(clock.instant())))
        .withReportingController("dbmigration.dev/operator")
        .withReportingInstance(instance)
        .build();
  }

  private static void notRecorded(Event event, KubernetesClientException e) {
    LOG.atWarn()
        .addKeyValue("namespace", event.getMetadata().getNamespace())
        .addKeyValue("name", event.getRegarding().getName())
        .addKeyValue("reason", event.getReason())
        .addKeyValue("why", ApiError.words(e))
        .log("an event could not be recorded");
  }
}
