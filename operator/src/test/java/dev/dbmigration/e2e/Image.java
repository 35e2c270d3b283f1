package dev.dbmigration.e2e;

/** The operator's image, built once per JVM from the Dockerfile at the top of the project. */
final class Image {

  /** Its tag, which no published image has. */
  static final String TAG = "e2e";

  /** Under this name it is known to the container engine. */
  static final String NAME = "dbmigration-operator:" + TAG;

  private Image() {}

  private static final class Shared {
    static final String BUILT = build();
  }

  /** Name of the image, built when first asked for. */
  static String built() {
    return Shared.BUILT;
  }

  private static String build() {
    Command.of("docker", "build", "--tag", NAME, ".").in(Project.folder()).run().orFail();
    return NAME;
  }
}
