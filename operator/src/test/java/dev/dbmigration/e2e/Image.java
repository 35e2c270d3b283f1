package dev.dbmigration.e2e;

import java.util.regex.Pattern;

/** The operator's image, built once per JVM from the Dockerfile at the top of the project. */
final class Image {

  /** Under this name, the chart's default, the container engine knows it. */
  static final String NAME = "dbmigration-operator:" + version();

  private Image() {}

  private static final class Shared {
    static final String BUILT = build();
  }

  /** Name of the image, built when first asked for. */
  static String built() {
    return Shared.BUILT;
  }

  private static String build() {
    System.out.println("Building the image " + NAME);
    Command.of("docker", "build", "--tag", NAME, ".").in(Project.folder()).run().orFail();
    return NAME;
  }

  private static String version() {
    var chart = Project.text("helm/dbmigration-operator/Chart.yaml");
    var version = Pattern.compile("^appVersion: \"?([^\"\\s]+)", Pattern.MULTILINE).matcher(chart);
    if (!version.find()) {
      throw new AssertionError("the chart names no version of the image");
    }
    return version.group(1);
  }
}
