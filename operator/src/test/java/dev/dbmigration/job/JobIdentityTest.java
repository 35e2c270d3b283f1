package dev.dbmigration.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.model.Checksum;
import dev.dbmigration.model.ResourceRef;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobIdentityTest {

  private static final String LABEL_VALUE = "[a-z0-9]([-._a-z0-9]{0,61}[a-z0-9])?";

  @ParameterizedTest
  @CsvSource({
    "orders, 4, orders-3f9c1a02-4",
    "shop.orders, 1, shop-orders-3f9c1a02-1",
    "0, 2147483647, 0-3f9c1a02-2147483647"
  })
  void namesTheJobAfterResourceAndRun(String resource, int run, String jobName) {
    assertThat(identity(resource, run).jobName()).isEqualTo(jobName);
  }

  @Test
  void keepsNameAndLabelsWithinSixtyThreeCharacters() {
    for (int length = 1; length <= 253; length++) {
      var identity = identity("a" + "-".repeat(length % 7) + "b".repeat(length), 1_000_000);

      assertThat(identity.jobName()).matches("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
      assertThat(identity.labels().values()).allMatch(value -> value.matches(LABEL_VALUE));
    }
  }

  @Test
  void isReadBackFromTheJob() {
    var identity = identity("a".repeat(253), 7);

    assertThat(JobIdentity.of(jobOf(identity))).contains(identity);
  }

  @Test
  void isAbsentFromAJobOfSomebodyElse() {
    var job = jobOf(identity("orders", 7));
    job.getMetadata().getLabels().put(JobIdentity.MANAGED_BY, "Helm");

    assertThat(JobIdentity.of(job)).isEmpty();
    assertThat(JobIdentity.of(new JobBuilder().withNewMetadata().endMetadata().build())).isEmpty();
  }

  @Test
  void isAbsentWhereSomebodyChangedALabel() {
    var job = jobOf(identity("orders", 7));
    job.getMetadata().getLabels().put(JobIdentity.RUN, "seven");

    assertThat(JobIdentity.of(job)).isEmpty();
  }

  private static Job jobOf(JobIdentity identity) {
    return new JobBuilder()
        .withNewMetadata()
        .withNamespace("shop")
        .withName(identity.jobName())
        .withLabels(identity.labels())
        .withAnnotations(Map.copyOf(identity.annotations()))
        .endMetadata()
        .build();
  }

  private static JobIdentity identity(String resource, int run) {
    var ref = new ResourceRef("shop", resource, "3f9c1a02-5d1e-4c8f-9f0a-6b7c8d9e0f1a");
    return new JobIdentity(ref, run, Checksum.ofText("inputs"));
  }
}
