package dev.dbmigration;

import static java.util.Map.entry;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Which package may use which other; a package that is not in the list may not exist. */
final class AllowList extends ArchCondition<JavaClass> {

  static final String ROOT = "dev.dbmigration";

  private static final String JSPECIFY = "org.jspecify";
  private static final String SLF4J = "org.slf4j";
  private static final String MICROMETER = "io.micrometer";
  private static final String JACKSON = "com.fasterxml.jackson";
  private static final String FABRIC8_MODEL = "io.fabric8.kubernetes.api.model";
  private static final String FABRIC8 = "io.fabric8";

  private static final Map<String, Allowed> PACKAGES =
      Map.ofEntries(
          entry("model", ours()),
          entry("plan", ours("model")),
          entry("reconcile", ours("model")),
          entry("sql", ours("model")),
          entry("lint", ours("model", "sql")),
          entry("api.v1alpha1", ours().and(FABRIC8, JACKSON + ".annotation")),
          entry("job", ours("model", "report").and(FABRIC8_MODEL)),
          entry("report", ours("model").and(JACKSON)),
          entry("config", ours("model").and(JACKSON)),
          entry("metrics", ours("model").and(MICROMETER, "io.prometheus")),
          entry(
              "controller",
              ours(
                      "controller.resource",
                      "controller.cluster",
                      "controller.run",
                      "api.v1alpha1",
                      "model",
                      "reconcile",
                      "job",
                      "report",
                      "metrics",
                      "config")
                  .and("io.javaoperatorsdk", FABRIC8, SLF4J, MICROMETER, "com.sun.net.httpserver")),
          entry(
              "controller.resource",
              ours("api.v1alpha1", "model", "reconcile", "job", "report").and(FABRIC8_MODEL)),
          entry(
              "controller.cluster",
              ours("controller.resource", "api.v1alpha1", "model", "report")
                  .and("io.javaoperatorsdk", FABRIC8)),
          entry(
              "controller.run",
              ours("controller.resource", "model", "reconcile", "job", "report")
                  .and(FABRIC8, SLF4J)),
          entry(
              "runner",
              ours("model", "plan", "sql", "lint", "report", "runner.source", "runner.dialect")
                  .and(SLF4J)),
          entry("runner.source", ours("model")),
          entry("runner.dialect", ours("model", "sql")),
          entry(
              "runner.dialect.postgresql",
              ours("runner.dialect.postgresql.connection", "runner.dialect", "model", "sql")
                  .and("org.postgresql")),
          entry(
              "runner.dialect.postgresql.connection",
              ours("runner.dialect", "model", "sql").and("org.postgresql", "jdk.net")));

  AllowList() {
    super("use only what the allow-list says");
  }

  @Override
  public void check(JavaClass type, ConditionEvents events) {
    var name = nameOf(type);
    if (name.equals("cli")) {
      return;
    }
    var allowed = PACKAGES.get(name);
    if (allowed == null) {
      events.add(
          SimpleConditionEvent.violated(type, "package " + name + " is not in the allow-list"));
      return;
    }
    type.getDirectDependenciesFromSelf().stream()
        .filter(dependency -> !allowed.covers(name, dependency.getTargetClass()))
        .map(Dependency::getDescription)
        .forEach(description -> events.add(SimpleConditionEvent.violated(type, description)));
  }

  private static Allowed ours(String... packages) {
    return new Allowed(List.of(packages), List.of(JSPECIFY, "java", "javax"));
  }

  private static String nameOf(JavaClass type) {
    var name = type.getPackageName();
    return name.equals(ROOT) ? "" : name.substring(ROOT.length() + 1);
  }

  private record Allowed(List<String> ours, List<String> others) {

    Allowed and(String... more) {
      return new Allowed(ours, Stream.concat(others.stream(), Stream.of(more)).toList());
    }

    boolean covers(String from, JavaClass used) {
      var type = used.getBaseComponentType();
      if (type.isPrimitive()) {
        return true;
      }
      var name = type.getPackageName();
      return name.equals(ROOT) || name.startsWith(ROOT + ".")
          ? nameOf(type).equals(from) || ours.contains(nameOf(type))
          : others.stream().anyMatch(other -> name.equals(other) || name.startsWith(other + "."));
    }
  }
}
