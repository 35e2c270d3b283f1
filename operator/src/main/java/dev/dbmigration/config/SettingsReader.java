package dev.dbmigration.config;

import dev.dbmigration.model.Execution.DurationText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads settings one by one and remembers what is wrong with them. */
final class SettingsReader {

  /** What Kubernetes itself sets in a pod for a Service whose name begins like ours. */
  private static final Pattern SERVICE_LINK =
      Pattern.compile(".*_(SERVICE_HOST|SERVICE_PORT.*)|(.*_)?PORT(_[0-9]+_.*)?");

  private final Map<String, String> environment;
  private final List<String> problems = new ArrayList<>();

  SettingsReader(Map<String, String> environment) {
    this.environment = environment;
    for (var name : new TreeSet<>(environment.keySet())) {
      if (name.startsWith(Setting.PREFIX) && !isKnown(name) && !isServiceLink(name)) {
        problems.add(name + " is no setting; known are " + allVariables());
      }
    }
  }

  void refuseIfThereAreProblems() {
    if (!problems.isEmpty()) {
      throw new InvalidSettingsException(problems);
    }
  }

  String required(Setting setting, String remedy) {
    var text = text(setting);
    if (text.isEmpty()) {
      problems.add(setting.variable() + " is missing; " + remedy);
    }
    return text;
  }

  List<String> names(Setting setting) {
    return Arrays.stream(text(setting).split(","))
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .distinct()
        .toList();
  }

  String oneOf(Setting setting, List<String> choices) {
    var text = text(setting);
    if (!choices.contains(text)) {
      refuse(setting, "is not one of " + String.join(", ", choices));
    }
    return text;
  }

  boolean flag(Setting setting) {
    var text = text(setting);
    if (!Set.of("true", "false").contains(text)) {
      refuse(setting, "is neither true nor false");
    }
    return text.equals("true");
  }

  int number(Setting setting, int least, int most) {
    var text = text(setting);
    if (text.matches("[0-9]{1,9}")) {
      int number = Integer.parseInt(text);
      if (least <= number && number <= most) {
        return number;
      }
    }
    refuse(setting, "is not a number from " + least + " to " + most);
    return least;
  }

  Duration duration(Setting setting, Duration least, Duration most) {
    var duration =
        DurationText.read(text(setting), 1)
            .filter(read -> read.compareTo(least) >= 0 && read.compareTo(most) <= 0);
    if (duration.isEmpty()) {
      refuse(setting, "is not a duration within the bounds, written like 90s or 5m");
    }
    return duration.orElse(least);
  }

  private void refuse(Setting setting, String why) {
    problems.add(
        setting.variable()
            + " is \""
            + text(setting)
            + "\", which "
            + why
            + ". "
            + setting.sentence());
  }

  private String text(Setting setting) {
    var text = environment.getOrDefault(setting.variable(), "").strip();
    return text.isEmpty() ? setting.defaultText() : text;
  }

  private static boolean isKnown(String variable) {
    return Arrays.stream(Setting.values()).anyMatch(s -> s.variable().equals(variable));
  }

  private static boolean isServiceLink(String variable) {
    return SERVICE_LINK.matcher(variable.substring(Setting.PREFIX.length())).matches()
        || variable.startsWith(Setting.PREFIX + "SERVICE_");
  }

  private static String allVariables() {
    return Arrays.stream(Setting.values()).map(Setting::variable).collect(Collectors.joining(", "));
  }
}
