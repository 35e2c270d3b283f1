package dev.dbmigration.controller.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.model.Source;
import dev.dbmigration.runner.source.SourceCopy;
import dev.dbmigration.runner.source.SourceFiles;
import dev.dbmigration.runner.source.SourceMounts;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the operator reads of a ConfigMap, and what a run reads of its mount. */
class ContentDigestTest {

  private static final byte[] BINARY = {0, (byte) 0xFF, '\r', '\n', (byte) 0x80};

  @TempDir Path root;

  @Test
  void aRunAgreesOnTextBinaryDataAndHiddenFiles() throws IOException {
    var configMap =
        configMap(
            Map.of("V1__a.sql", "SELECT 'größe';\r\n", ".hidden", "x", "empty", ""),
            Map.of("B.bin", BINARY));
    mount("V1__a.sql", "SELECT 'größe';\r\n".getBytes(StandardCharsets.UTF_8));
    mount(".hidden", new byte[] {'x'});
    mount("empty", new byte[0]);
    mount("B.bin", BINARY);

    assertThat(copyOf(configMap)).isInstanceOf(SourceCopy.Copied.class);
  }

  @Test
  void aRunRefusesOtherBinaryData() throws IOException {
    var configMap = configMap(Map.of(), Map.of("B.bin", BINARY));
    mount("B.bin", new byte[] {0});

    assertThat(copyOf(configMap)).isInstanceOf(SourceCopy.Refused.class);
  }

  @Test
  void aFileIsTheSameWhetherItIsWrittenAsTextOrAsBinaryData() {
    var text = configMap(Map.of("V1__a.sql", "x"), Map.of());
    var binary = configMap(Map.of(), Map.of("V1__a.sql", new byte[] {'x'}));

    assertThat(ContentDigest.of(text)).isEqualTo(ContentDigest.of(binary));
  }

  @Test
  void namesAndContentCannotPoseAsEachOther() {
    var one = ContentDigest.of(Map.of("a", "b", "c", "d"));

    assertThat(ContentDigest.of(Map.of("a", "d", "c", "b"))).isNotEqualTo(one);
    assertThat(ContentDigest.of(Map.of("a", "bcd"))).isNotEqualTo(one);
    assertThat(ContentDigest.of(Map.of("ab", "", "cd", ""))).isNotEqualTo(one);
  }

  private SourceCopy copyOf(ConfigMap configMap) throws IOException {
    var expected =
        new Source.ConfigMap("files", Optional.empty(), Optional.of(ContentDigest.of(configMap)));
    return SourceFiles.copy(
        new Source.ConfigMaps(List.of(expected)),
        new SourceMounts(root.resolve("source"), new TreeMap<>()));
  }

  private void mount(String name, byte[] content) throws IOException {
    Files.write(Files.createDirectories(root.resolve("source/0")).resolve(name), content);
  }

  private static ConfigMap configMap(Map<String, String> texts, Map<String, byte[]> binaries) {
    var base64 = new TreeMap<String, String>();
    binaries.forEach((name, bytes) -> base64.put(name, Base64.getEncoder().encodeToString(bytes)));
    return new ConfigMapBuilder().withData(texts).withBinaryData(base64).build();
  }
}
