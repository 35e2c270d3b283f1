package dev.dbmigration.support;

import static dev.dbmigration.support.ApiRequest.matching;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectRulesReview;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InMemoryKubernetesTest {

  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final ResourceDefinitionContext MIGRATIONS = CustomResource.CONTEXT;

  private final InMemoryKubernetes kubernetes = InMemoryKubernetes.start();
  private final KubernetesClient client = kubernetes.client();

  @AfterEach
  void stop() {
    kubernetes.close();
  }

  @Test
  void refusesASecondObjectOfTheSameName() {
    create(configMap("a"));

    assertThatThrownBy(() -> create(configMap("a")))
        .isInstanceOfSatisfying(
            KubernetesClientException.class, e -> assertThat(e.getCode()).isEqualTo(409));
  }

  @Test
  void refusesAnUpdateOfAnOldVersion() {
    var old = create(configMap("a"));
    client.resource(label(old, "x", "1")).update();

    assertThatThrownBy(() -> client.resource(label(old, "x", "2")).update())
        .isInstanceOfSatisfying(
            KubernetesClientException.class, e -> assertThat(e.getCode()).isEqualTo(409));
  }

  @Test
  void keepsStatusAndSpecificationApart() {
    var created = createMigration(migration -> migration);

    created.setAdditionalProperty("spec", Map.of("upToVersion", "2"));
    created.setAdditionalProperty("status", Map.of("applied", 3));
    var withStatus = migrations().resource(created).updateStatus();

    assertThat(withStatus.getMetadata().getGeneration()).isEqualTo(1);
    assertThat(withStatus.<Integer>get("status", "applied")).isEqualTo(3);
    assertThat(withStatus.<String>get("spec", "upToVersion")).isNull();

    withStatus.setAdditionalProperty("spec", Map.of("upToVersion", "2"));
    withStatus.setAdditionalProperty("status", Map.of("applied", 4));
    var withSpec = migrations().resource(withStatus).update();

    assertThat(withSpec.getMetadata().getGeneration()).isEqualTo(2);
    assertThat(withSpec.<Integer>get("status", "applied")).isEqualTo(3);
    assertThat(withSpec.<String>get("spec", "upToVersion")).isEqualTo("2");
  }

  @Test
  void fillsInWhatTheDefinitionHasDefaultsFor() {
    var created =
        createMigration(migration -> {
          migration.setAdditionalProperty("spec", Map.of("target", Map.of("engine", "postgresql")));
          migration.setAdditionalProperty("status", Map.of("applied", 3));
          return migration;
        });

    assertThat(created.<Integer>get("status", "observedGeneration")).isEqualTo(-1);
    assertThat(created.<Integer>get("status", "applied")).isNull();
    assertThat(created.<String>get("spec", "execution", "lockTimeout")).isEqualTo("5s");
    assertThat(created.<String>get("spec", "target", "connectTimeout")).isEqualTo("10s");
  }

  @Test
  void waitsForFinalizersBeforeItRemoves() {
    var created =
        createMigration(migration -> {
          migration.getMetadata().setFinalizers(List.of("dbmigration.dev/run"));
          return migration;
        });

    migrations().resource(created).delete();
    var marked = migrations().withName("orders").get();
    assertThat(marked.getMetadata().getDeletionTimestamp()).isNotNull();

    migrations()
        .withName("orders")
        .edit(migration -> {
          migration.getMetadata().setFinalizers(List.of());
          return migration;
        });
    assertThat(migrations().withName("orders").get()).isNull();
  }

  @Test
  void deletesDependentsWithTheirOwner() {
    var owner = create(configMap("owner"));
    create(ownedBy(owner, configMap("owned")));

    client.resource(owner).withPropagationPolicy(DeletionPropagation.FOREGROUND).delete();

    assertThat(client.configMaps().inNamespace("shop").list().getItems()).isEmpty();
  }

  @Test
  void keepsAnOwnerInTheForegroundUntilItsDependentsAreGone() {
    var owner = create(configMap("owner"));
    var owned = ownedBy(owner, configMap("owned"));
    owned.getMetadata().setFinalizers(List.of("a.test/finalizer"));
    create(owned);

    client.resource(owner).withPropagationPolicy(DeletionPropagation.FOREGROUND).delete();
    assertThat(client.configMaps().inNamespace("shop").withName("owner").get()).isNotNull();

    client
        .configMaps()
        .inNamespace("shop")
        .withName("owned")
        .edit(
            map -> new ConfigMapBuilder(map).editMetadata().withFinalizers().endMetadata().build());
    assertThat(client.configMaps().inNamespace("shop").list().getItems()).isEmpty();
  }

  @Test
  void showsAWatchWhatHappenedSinceItsVersion() {
    create(label(configMap("before"), "app", "shop"));
    var list = client.configMaps().inAnyNamespace().withLabel("app").list();
    create(label(configMap("after"), "app", "shop"));
    create(configMap("other"));
    client.configMaps().inNamespace("shop").withName("before").delete();

    var seen = new CopyOnWriteArrayList<String>();
    var version = list.getMetadata().getResourceVersion();
    try (var _ =
        client
            .configMaps()
            .inAnyNamespace()
            .withLabel("app")
            .withResourceVersion(version)
            .watch(recorder(seen))) {

      await().atMost(PATIENCE).until(() -> seen.size() >= 2);
      assertThat(seen).containsExactly("ADDED after", "DELETED before");
    }
  }

  @Test
  void informersSurviveAWatchThatWasCut() {
    try (var informer = client.configMaps().inAnyNamespace().inform()) {
      create(configMap("a"));
      await().atMost(PATIENCE).until(() -> informer.getStore().list().size() == 1);

      kubernetes.cutWatches();
      create(configMap("b"));

      await().atMost(PATIENCE).until(() -> informer.getStore().list().size() == 2);
    }
  }

  @Test
  void losesAnAnswerOnPurposeAfterTheEffect() {
    kubernetes.faults().loseAnswerOfNth(matching("create", "configmaps"), 2, 500);
    create(configMap("first"));

    assertThatThrownBy(() -> create(configMap("second")))
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining("on purpose");

    assertThat(client.configMaps().inNamespace("shop").list().getItems()).hasSize(2);
    assertThat(kubernetes.requests().count(matching("create", "configmaps"))).isEqualTo(2);
  }

  @Test
  void killsOneClientAndNotTheOthers() {
    var operator = kubernetes.client("operator", UnaryOperator.identity());
    kubernetes.faults().killClientAfterNth(matching("create", "configmaps"), 1, "operator");

    assertThatThrownBy(() -> operator.resource(configMap("a")).create());
    assertThatThrownBy(() -> operator.resource(configMap("b")).create());

    assertThat(client.configMaps().inNamespace("shop").list().getItems()).hasSize(1);
  }

  @Test
  void allowsEverything() {
    var review = client.resource(new SelfSubjectRulesReview()).create();

    assertThat(review.getStatus().getResourceRules().getFirst().getVerbs()).containsExactly("*");
  }

  private <T extends HasMetadata> T create(T object) {
    return client.resource(object).create();
  }

  private io.fabric8.kubernetes.client.dsl.NonNamespaceOperation<
          GenericKubernetesResource,
          io.fabric8.kubernetes.api.model.GenericKubernetesResourceList,
          io.fabric8.kubernetes.client.dsl.Resource<GenericKubernetesResource>>
      migrations() {
    return client.genericKubernetesResources(MIGRATIONS).inNamespace("shop");
  }

  private GenericKubernetesResource createMigration(
      UnaryOperator<GenericKubernetesResource> adjust) {
    var migration =
        new GenericKubernetesResourceBuilder()
            .withApiVersion("dbmigration.dev/v1alpha1")
            .withKind("DatabaseMigration")
            .withNewMetadata()
            .withNamespace("shop")
            .withName("orders")
            .endMetadata()
            .build();
    return migrations().resource(adjust.apply(migration)).create();
  }

  private static ConfigMap configMap(String name) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withNamespace("shop")
        .withName(name)
        .endMetadata()
        .build();
  }

  private static ConfigMap label(ConfigMap map, String key, String value) {
    return new ConfigMapBuilder(map).editMetadata().addToLabels(key, value).endMetadata().build();
  }

  private static ConfigMap ownedBy(ConfigMap owner, ConfigMap map) {
    var reference =
        new OwnerReferenceBuilder()
            .withApiVersion("v1")
            .withKind("ConfigMap")
            .withName(owner.getMetadata().getName())
            .withUid(owner.getMetadata().getUid())
            .build();
    map.getMetadata().setOwnerReferences(List.of(reference));
    return map;
  }

  private static Watcher<ConfigMap> recorder(List<String> seen) {
    return new Watcher<>() {
      @Override
      public void eventReceived(Action action, ConfigMap map) {
        seen.add(action + " " + map.getMetadata().getName());
      }

      @Override
      public void onClose(WatcherException cause) {}
    };
  }
}
