package dev.dbmigration.runner;

import dev.dbmigration.model.Failure;
import dev.dbmigration.model.Reason;
import dev.dbmigration.model.Target.SecretKeys;
import dev.dbmigration.report.RunContract;
import dev.dbmigration.runner.dialect.Masking;
import dev.dbmigration.runner.dialect.SecretTexts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The Secrets of a run.
 *
 * @param target keys and values of the target's; empty when it does not exist
 * @param placeholders values by name
 */
record MountedSecrets(Map<String, String> target, Map<String, String> placeholders) {

  /** Copies both. */
  MountedSecrets {
    target = Map.copyOf(target);
    placeholders = Map.copyOf(placeholders);
  }

  /**
   * Reads what is mounted.
   *
   * @throws RunFailedException if a Secret cannot be read, or the one with placeholders is named
   *     and absent
   */
  static MountedSecrets read(RunnerSettings settings) throws RunFailedException {
    var secrets =
        new MountedSecrets(
            folder(settings, RunContract.TARGET_FOLDER),
            folder(settings, RunContract.PLACEHOLDERS_FOLDER));
    var named = settings.request().placeholdersSecretName();
    if (named.isPresent() && secrets.placeholders.isEmpty()) {
      throw new RunFailedException(
          Failure.of(
              Reason.SECRET_NOT_FOUND,
              "The Secret " + named.get() + " with placeholders does not exist or is empty.",
              "Create it in the namespace of the resource, or correct"
                  + " spec.source.placeholdersSecretName."));
    }
    return secrets;
  }

  /** Hides the placeholders' values: what the dialect cannot know. */
  Masking placeholderMasking() {
    return Masking.of(placeholders.values());
  }

  /** Hides the placeholders' values and the passwords: for everything that leaves the runner. */
  Masking masking(SecretKeys keys) {
    return placeholderMasking().and(SecretTexts.of(target, keys));
  }

  /** Names only. */
  @Override
  public String toString() {
    return "MountedSecrets[" + target.keySet() + ", " + placeholders.keySet() + "]";
  }

  private static Map<String, String> folder(RunnerSettings settings, String name)
      throws RunFailedException {
    try {
      return values(settings.root().resolve(name));
    } catch (IOException e) {
      throw new RunFailedException(
          Failure.of(
              Reason.RUNNER_FAILED,
              "The mounted Secret in "
                  + name
                  + " cannot be read: "
                  + e.getClass().getSimpleName()
                  + ".",
              "Look at the pod: its volume " + name + " is not readable for the runner's user."));
    }
  }

  /**
   * Keys and values, as the kubelet mounts them; empty when the Secret does not exist. One line end
   * at the end of a value is left by the tool that made the Secret and does not count.
   */
  private static Map<String, String> values(Path folder) throws IOException {
    var values = new TreeMap<String, String>();
    for (var file : files(folder)) {
      var text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
      values.put(file.getFileName().toString(), withoutLineEnd(text));
    }
    return values;
  }

  /** What begins with two dots is the kubelet's own. */
  private static List<Path> files(Path folder) throws IOException {
    var files = new ArrayList<Path>();
    if (Files.isDirectory(folder)) {
      try (var entries = Files.newDirectoryStream(folder)) {
        for (var entry : entries) {
          if (!entry.getFileName().toString().startsWith("..") && Files.isRegularFile(entry)) {
            files.add(entry);
          }
        }
      }
    }
    return files;
  }

  private static String withoutLineEnd(String text) {
    if (text.endsWith("\r\n")) {
      return text.substring(0, text.length() - 2);
    }
    return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
  }
}
