package dev.dbmigration.runner.source;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.model.Checksum;
import dev.dbmigration.model.Failure;
import dev.dbmigration.model.Finding;
import dev.dbmigration.model.Migration;
import dev.dbmigration.model.Reason;
import dev.dbmigration.model.Source;
import dev.dbmigration.model.SourcePosition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigrationFileParserTest {

  @TempDir Path root;

  @Test
  void readsMigrationsAndSaysWhatItIgnores() throws IOException {
    write("V2__b.sql", "SELECT 2;");
    write("V1__a.sql", "SELECT 1;\r\n");
    write("R__views.sql", "SELECT 3;");
    write("README.md", "# Orders");

    var understood = understood();

    assertThat(understood.migrations())
        .extracting(migration -> migration.key().text())
        .containsExactly("R views", "1", "2");
    assertThat(understood.migrations())
        .element(1)
        .extracting(Migration::file, Migration::text, Migration::checksum)
        .containsExactly("V1__a.sql", "SELECT 1;\r\n", Checksum.ofText("SELECT 1;\n"));
    assertThat(understood.notes())
        .containsExactly("Ignored, because the name does not end in .sql: README.md.");
  }

  @Test
  void collectsAllThatIsWrong() throws IOException {
    write("V1__a.sql", "SELECT 1;");
    write("V01__b.sql", "SELECT 1;");
    write("v2__c.sql", "SELECT 2;");
    write("U1__a.sql", "SELECT 1;");
    write("V1__a.sql.conf", "executeInTransaction=false");
    write("V3__d.sql", new byte[] {'a', '\n', (byte) 0xC3});

    assertThat(findings())
        .extracting(finding -> finding.toFailure().reason().text())
        .containsExactlyInAnyOrder(
            "FileNameInvalid",
            "FileNameInvalid",
            "FileNameInvalid",
            "FileUnreadable",
            "VersionDuplicate");
  }

  @Test
  void namesTheFilesOfOneVersion() throws IOException {
    write("V1__a.sql", "SELECT 1;");
    write("V1.0__b.sql", "SELECT 2;");

    assertThat(failure().message())
        .isEqualTo(
            "The source cannot be read: version 1 is given by more than one file: V1.0__b.sql,"
                + " V1__a.sql.");
  }

  @Test
  void saysWhatANameShouldBe() throws IOException {
    write("v1__x.sql", "SELECT 1;");

    assertThat(failure().message())
        .isEqualTo(
            "The source cannot be read: the file name v1__x.sql fits neither"
                + " V<version>__<description>.sql nor R__<description>.sql.");
    assertThat(failure().remedy()).contains("V1__x.sql");
    assertThat(failure().file()).contains("v1__x.sql");
  }

  @Test
  void refusesASourceWithoutMigrations() throws IOException {
    write("README.md", "# Orders");

    assertThat(failure().reason()).isEqualTo(Reason.SOURCE_EMPTY);
  }

  @Test
  void saysWhereAFileIsNoText() throws IOException {
    write("V1__a.sql", "SELECT 'é';\r\n-- 😀".getBytes(UTF_8), new byte[] {(byte) 0xFF, ';'});

    assertThat(failure().reason()).isEqualTo(Reason.FILE_UNREADABLE);
    assertThat(failure().position()).contains(new SourcePosition("V1__a.sql", 2, 5));
    assertThat(failure().message()).contains("V1__a.sql:2:5: The byte that stands here");
    assertThat(failure().migration()).contains("1");
  }

  @Test
  void recognisesAFileInUtf16() throws IOException {
    write("V1__a.sql", "SELECT 1;".getBytes(UTF_16));

    assertThat(failure().message()).endsWith("The file is written in UTF-16.");
    assertThat(failure().remedy()).isEqualTo("Save the file as text in UTF-8.");
  }

  @Test
  void refusesANulCharacter() throws IOException {
    write("V1__a.sql", "\uFEFFSELECT\0 1;");

    assertThat(failure().position()).contains(new SourcePosition("V1__a.sql", 1, 7));
  }

  private void write(String name, String text) throws IOException {
    write(name, text.getBytes(UTF_8));
  }

  private void write(String name, byte[] bytes, byte... more) throws IOException {
    var mount = Files.createDirectories(root.resolve("source/0"));
    var all = Arrays.copyOf(bytes, bytes.length + more.length);
    System.arraycopy(more, 0, all, bytes.length, more.length);
    Files.write(mount.resolve(name), all);
  }

  private Failure failure() throws IOException {
    return Failure.ofAll(findings());
  }

  private SourceReading.Understood understood() throws IOException {
    return switch (parse()) {
      case SourceReading.Understood understood -> understood;
      case SourceReading.Refused(var findings) ->
          throw new AssertionError(Failure.ofAll(findings).message());
    };
  }

  private List<Finding> findings() throws IOException {
    return switch (parse()) {
      case SourceReading.Refused(var findings) -> findings;
      case SourceReading.Understood(var migrations, _) ->
          throw new AssertionError("understood: " + migrations.size());
    };
  }

  private SourceReading parse() throws IOException {
    var source =
        new Source.ConfigMaps(
            List.of(new Source.ConfigMap("orders", Optional.empty(), Optional.empty())));
    var mounts = new SourceMounts(root.resolve("source"), new TreeMap<>());
    return switch (SourceFiles.copy(source, mounts)) {
      case SourceCopy.Copied(var files) -> MigrationFileParser.parse(files);
      case SourceCopy.Refused(var findings) -> new SourceReading.Refused(findings);
    };
  }
}
