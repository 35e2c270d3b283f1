package dev.dbmigration.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.dbmigration.model.Checksum;
import dev.dbmigration.report.RunRequests;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Golden files: each folder of {@code src/test/resources/JobManifestTest} is a scenario. {@code
 * -Djobs.update=true} writes what comes out.
 */
class JobManifestTest {

  private static final Path SCENARIOS = Path.of("src", "test", "resources", "JobManifestTest");

  private static final List<String> FILES =
      List.of("in-options.yaml", "in-request.json", "in-settings.yaml", "out-job.yaml");

  private static final ObjectMapper YAML =
      YAMLMapper.builder().addModule(new Jdk8Module()).addModule(new JavaTimeModule()).build();

  static Stream<Path> scenarios() throws IOException {
    return Files.list(SCENARIOS).sorted();
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void turnsARequestIntoItsJob(Path scenario) throws IOException {
    var request = RunRequests.read(Files.readString(scenario.resolve("in-request.json")));
    var settings = YAML.readValue(file(scenario, "in-settings.yaml"), JobSettings.class);
    var options = YAML.readValue(file(scenario, "in-options.yaml"), PodOptions.class);

    var job = Serialization.asYaml(withoutPackedFiles(JobManifest.of(request, settings, options)));

    var expected = scenario.resolve("out-job.yaml");
    if (Boolean.getBoolean("jobs.update")) {
      Files.writeString(expected, job);
    }
    assertThat(expected).as("update with -Djobs.update=true, and read the diff").hasContent(job);
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void usesEveryFileOfAScenario(Path scenario) throws IOException {
    try (var files = Files.list(scenario)) {
      assertThat(files).allMatch(file -> FILES.contains(file.getFileName().toString()));
    }
  }

  /** How well a platform's zlib compresses is its own affair. */
  private static Job withoutPackedFiles(Job job) {
    var annotations = job.getSpec().getTemplate().getMetadata().getAnnotations();
    var packed = annotations.replace(JobManifest.INLINE, "(packed files)");
    if (packed != null) {
      var checksum = Checksum.ofBytes(packed.getBytes(StandardCharsets.US_ASCII)).value();
      var variables = job.getSpec().getTemplate().getSpec().getContainers().getFirst().getEnv();
      var text = variables.getFirst().getValue().replace(checksum, "(their checksum)");
      variables.getFirst().setValue(text);
    }
    return job;
  }

  /** A scenario's own file, or the one of the smallest scenario. */
  private static File file(Path scenario, String name) {
    var own = scenario.resolve(name);
    return (Files.exists(own) ? own : SCENARIOS.resolve("smallest").resolve(name)).toFile();
  }
}
