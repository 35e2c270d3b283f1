package dev.dbmigration.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PodOptionsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "app.kubernetes.io/managed-by",
        "batch.kubernetes.io/job-name",
        "kubernetes.io/psp",
        "k8s.io/x",
        "argocd.argoproj.io/instance",
        "dbmigration.dev/run",
        "other.dbmigration.dev/run",
        "job-name",
        "controller-uid"
      })
  void refusesKeysThatOthersRelyOn(String key) {
    assertThatThrownBy(() -> labelled(key)).hasMessageContaining("\"" + key + "\"");
    assertThatThrownBy(() -> annotated(key)).hasMessageContaining("is reserved: choose one");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"team", "example.com/team", "mykubernetes.io/x", "sidecar.istio.io/inject"})
  void takesOtherKeys(String key) {
    assertThat(labelled(key).labels()).containsKey(key);
  }

  private static PodOptions labelled(String key) {
    return new PodOptions(
        Optional.empty(), Map.of(), List.of(), List.of(), Map.of(key, "x"), Map.of());
  }

  private static PodOptions annotated(String key) {
    return new PodOptions(
        Optional.empty(), Map.of(), List.of(), List.of(), Map.of(), Map.of(key, "x"));
  }
}
