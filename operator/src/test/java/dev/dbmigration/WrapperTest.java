package dev.dbmigration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How {@code mvnw} finds its JDK: the script as it is, with the folders of the machine replaced by
 * folders of the test.
 */
class WrapperTest {

  private static final Path SCRIPT = Path.of("..", "mvnw");

  @TempDir private Path machine;

  private record Ended(int status, String out, String err) {}

  @BeforeEach
  void copyTheScript() throws IOException {
    var script = Files.readString(SCRIPT);
    assertThat(script).contains(" /usr/lib/jvm/*", " /Library/Java/", " /opt/*");
    executable(
        machine.resolve("mvnw"),
        script
            .replace(" /usr/lib/jvm/", " " + machine.resolve("jvm") + "/")
            .replace(" /Library/Java/", " " + machine.resolve("library") + "/")
            .replace(" /opt/", " " + machine.resolve("opt") + "/"));
    var maven = ".m2/wrapper/dists/dbmigration/apache-maven-" + pinned(script) + "/bin/mvn";
    executable(machine.resolve(maven), "#!/bin/sh\necho \"$JAVA_HOME $*\"\n");
  }

  @Test
  void withoutAJdk25OneSentenceSaysWhatToInstall() throws Exception {
    var older = jdk("jvm/jdk-17", "17.0.12");

    var ended = mvnw(older);

    assertThat(ended.status()).isEqualTo(1);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err())
        .isEqualTo(
            "mvnw: No JDK 25 was found: install one (for example Temurin 25), or set JAVA_HOME to"
                + " it.\n");
  }

  @Test
  void anInstalledJdk25IsFoundAlthoughTheDefaultIsOlder() throws Exception {
    var older = jdk("jvm/jdk-17", "17.0.12");
    var newer = jdk("jvm/temurin-25", "25.0.1");

    assertThat(mvnw(older)).isEqualTo(new Ended(0, newer + " verify\n", ""));
  }

  @Test
  void javaHomeWinsWhenItIsAJdk25() throws Exception {
    jdk("jvm/temurin-25", "25.0.1");
    var own = jdk("elsewhere/jdk", "25");

    assertThat(mvnw(own)).isEqualTo(new Ended(0, own + " verify\n", ""));
  }

  private Ended mvnw(Path javaHome) throws Exception {
    var out = machine.resolve("out");
    var err = machine.resolve("err");
    var builder =
        new ProcessBuilder(machine.resolve("mvnw").toString(), "verify")
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.startsWith("JAVA") || name.startsWith("MAVEN"));
    builder.environment().put("HOME", machine.toString());
    builder.environment().put("JAVA_HOME", javaHome.toString());
    int status = builder.start().waitFor();
    return new Ended(status, Files.readString(out), Files.readString(err));
  }

  private Path jdk(String place, String version) throws IOException {
    var home = machine.resolve(place);
    executable(home.resolve("bin/javac"), "#!/bin/sh\n");
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    return home;
  }

  private static void executable(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text, StandardCharsets.UTF_8);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static String pinned(String script) {
    return script
        .lines()
        .filter(line -> line.startsWith("maven="))
        .findFirst()
        .orElseThrow()
        .substring("maven=".length());
  }
}
