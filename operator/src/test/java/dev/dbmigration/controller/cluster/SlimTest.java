package dev.dbmigration.controller.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.controller.Resources;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is kept in memory of watched objects. */
class SlimTest {

  @Test
  void aResourceKeepsTheDigestOfItsFilesAndNotTheFiles() {
    var full = Resources.inline("orders");
    full.setMetadata(
        new ObjectMetaBuilder(full.getMetadata())
            .withManagedFields(new ManagedFieldsEntry())
            .withAnnotations(Map.of("kubectl.kubernetes.io/last-applied-configuration", "{}"))
            .build());

    var slim = Slim.resource(full);

    assertThat(slim.getSpec().source().inline()).isEmpty();
    assertThat(slim.getMetadata().getManagedFields()).isEmpty();
    assertThat(slim.getMetadata().getAnnotations()).containsOnlyKeys(Slim.DIGEST);
    assertThat(Slim.inlineDigest(slim)).isPresent().isEqualTo(Slim.inlineDigest(full));
  }

  @Test
  void anAnnotationOfTheUserIsNotTakenForADigest() {
    var full = Resources.fromConfigMap("orders", "files");
    full.getMetadata().setAnnotations(Map.of(Slim.DIGEST, "sha256:" + "0".repeat(64)));

    assertThat(Slim.inlineDigest(Slim.resource(full))).isEmpty();
  }

  @Test
  void aConfigMapKeepsItsDigestAndNotItsContent() {
    var full = Resources.configMap("files", "one", Map.of());

    var slim = Slim.configMap(full);

    assertThat(slim.getData()).isNullOrEmpty();
    assertThat(Slim.digest(slim.getMetadata())).hasValue(ContentDigest.of(full));
    assertThat(ContentDigest.of(Resources.configMap("files", "two", Map.of())))
        .isNotEqualTo(ContentDigest.of(full));
  }

  @Test
  void aJobKeepsNoPodTemplate() {
    var full =
        new JobBuilder()
            .withNewMetadata()
            .withName("job")
            .withManagedFields(List.of(new ManagedFieldsEntry()))
            .endMetadata()
            .withNewSpec()
            .withTtlSecondsAfterFinished(60)
            .withNewTemplate()
            .endTemplate()
            .endSpec()
            .build();

    var slim = Slim.job(full);

    assertThat(slim.getSpec().getTemplate()).isNull();
    assertThat(slim.getSpec().getTtlSecondsAfterFinished()).isEqualTo(60);
    assertThat(slim.getMetadata().getManagedFields()).isEmpty();
  }
}
