package dev.dbmigration.runner.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.model.Checksum;
import dev.dbmigration.model.Failure;
import dev.dbmigration.model.Migration;
import dev.dbmigration.model.Reason;
import dev.dbmigration.model.Source;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceFilesTest {

  @TempDir Path root;
  private ConfigMapMounts mounts;

  @BeforeEach
  void mount() {
    mounts = new ConfigMapMounts(root.resolve("source"));
  }

  @Test
  void readsConfigMapsInFoldersOfTheirOwn() throws IOException {
    mounts.write(0, Map.of("V1__a.sql", "SELECT 1;", "notes.txt", "x"));
    mounts.write(1, Map.of("V1__a.sql", "SELECT 2;"));

    var files = copied(configMaps("a", "b/more"));

    assertThat(files.names()).containsExactly("V1__a.sql", "more/V1__a.sql", "notes.txt");
    assertThat(files.read("more/V1__a.sql")).asString().isEqualTo("SELECT 2;");
  }

  @Test
  void readsTheCopyWhateverHappensToTheMount() throws IOException {
    mounts.write(0, Map.of("V1__a.sql", "SELECT 1;"));
    var files = copied(configMaps("a"));

    mounts.write(0, Map.of("V1__a.sql", "SELECT 2;"));

    assertThat(files.read("V1__a.sql")).asString().isEqualTo("SELECT 1;");
    assertThat(copied(configMaps("a")).digest()).isNotEqualTo(files.digest());
  }

  @Test
  void readsAMountThatIsAPlainFolder() throws IOException {
    var mount = Files.createDirectories(root.resolve("source/0/folder"));
    Files.writeString(mount.resolveSibling("V1__a.sql"), "SELECT 1;");
    Files.writeString(mount.resolveSibling("..V2__b.sql"), "SELECT 2;");

    assertThat(copied(configMaps("a")).names()).containsExactly("V1__a.sql");
  }

  @Test
  void namesTheConfigMapsThatAreNotThere() throws IOException {
    mounts.write(0, Map.of("V1__a.sql", "SELECT 1;"));
    mounts.write(2, Map.of());

    var failure = refused(configMaps("a", "b", "c"));

    assertThat(failure.reason()).isEqualTo(Reason.CONFIG_MAP_NOT_FOUND);
    assertThat(failure.message())
        .isEqualTo(
            "The source cannot be read: ConfigMaps b, c not found in the namespace, or empty.");
  }

  @Test
  void refusesAFileThatTwoConfigMapsHave() throws IOException {
    mounts.write(0, Map.of("V1__a.sql", "SELECT 1;"));
    mounts.write(1, Map.of("V1__a.sql", "SELECT 1;"));

    var failure = refused(configMaps("a", "b"));

    assertThat(failure.reason()).isEqualTo(Reason.FILE_NAME_INVALID);
    assertThat(failure.message()).contains("V1__a.sql is found in more than one ConfigMap");
  }

  @Test
  void refusesContentThatTheOperatorDidNotSee() throws IOException {
    mounts.write(0, Map.of("V1__a.sql", "SELECT 1;"));
    mounts.write(1, Map.of("V1__a.sql", "SELECT 2;"));
    var seen = content(Map.of("V1__a.sql", "SELECT 1;"));

    var failure =
        refused(new Source.ConfigMaps(List.of(expecting("a", seen), expecting("b", seen))));

    assertThat(failure.reason()).isEqualTo(Reason.SOURCE_CHANGED);
    assertThat(failure.message())
        .isEqualTo("The pod saw other content of ConfigMap b than the operator.");
  }

  @Test
  void copiesTheContentThatTheOperatorSaw() throws IOException {
    var content = Map.of("V1__a.sql", "SELECT 'é';", ".hidden", "x");
    mounts.write(0, content);

    var files = copied(new Source.ConfigMaps(List.of(expecting("a", content(content)))));

    assertThat(files.names()).containsExactly(".hidden", "V1__a.sql");
  }

  @Test
  void takesInlineFilesByNameWhereverThatPoints() throws IOException {
    var texts = Map.of("V1__größe.sql", "SELECT 'é';", "../V2__b.sql", "SELECT 2;");

    var files = copied(new Source.Inline(new TreeMap<>(texts)));

    assertThat(files.names()).containsExactly("../V2__b.sql", "V1__größe.sql");
    assertThat(files.read("V1__größe.sql")).asString().isEqualTo("SELECT 'é';");
  }

  @Test
  void givesADigestThatDependsOnNamesAndContentOnly() throws IOException {
    var digest = copied(inline("V1__a.sql", "x")).digest();

    assertThat(copied(inline("V1__a.sql", "x")).digest()).isEqualTo(digest);
    assertThat(copied(inline("V1__b.sql", "x")).digest()).isNotEqualTo(digest);
    assertThat(copied(inline("V1__a.sql", "y")).digest()).isNotEqualTo(digest);
  }

  @Test
  void readsAConfigMapOf900KiB() throws IOException {
    var text = "SELECT 1; -- " + "x".repeat(900 * 1024);
    mounts.write(0, Map.of("V1__a.sql", text));

    var reading = MigrationFileParser.parse(copied(configMaps("a")));

    assertThat(reading).isInstanceOf(SourceReading.Understood.class);
    var migrations = ((SourceReading.Understood) reading).migrations();
    assertThat(migrations).extracting(Migration::checksum).containsExactly(Checksum.ofText(text));
  }

  private SourceFiles copied(Source source) throws IOException {
    return switch (copy(source)) {
      case SourceCopy.Copied(var files) -> files;
      case SourceCopy.Refused(var findings) -> throw new AssertionError(findings.toString());
    };
  }

  private Failure refused(Source source) throws IOException {
    return switch (copy(source)) {
      case SourceCopy.Copied(var files) -> throw new AssertionError(files.names().toString());
      case SourceCopy.Refused(var findings) -> Failure.ofAll(findings);
    };
  }

  private SourceCopy copy(Source source) throws IOException {
    var inline = source instanceof Source.Inline(var files) ? files : new TreeMap<String, String>();
    return SourceFiles.copy(source, new SourceMounts(mounts.root(), inline));
  }

  private static Source inline(String name, String text) {
    return new Source.Inline(new TreeMap<>(Map.of(name, text)));
  }

  private static Source.ConfigMap expecting(String name, Checksum content) {
    return new Source.ConfigMap(name, Optional.empty(), Optional.of(content));
  }

  private static Checksum content(Map<String, String> files) {
    var bytes = new TreeMap<String, byte[]>();
    files.forEach((name, text) -> bytes.put(name, text.getBytes(StandardCharsets.UTF_8)));
    return Checksum.ofFiles(bytes);
  }

  /** ConfigMaps, each written {@code name} or {@code name/folder}. */
  private static Source configMaps(String... names) {
    return new Source.ConfigMaps(
        Arrays.stream(names)
            .map(name -> List.of(name.split("/", -1)))
            .map(parts ->
                new Source.ConfigMap(
                    parts.getFirst(), parts.stream().skip(1).findFirst(), Optional.empty()))
            .toList());
  }
}
