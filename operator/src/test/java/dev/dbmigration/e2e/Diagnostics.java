package dev.dbmigration.e2e;

import java.util.Optional;

/** What a person would look at first when a test on the cluster has failed. */
final class Diagnostics {

  private Diagnostics() {}

  /** Prints it all to the standard output, which the build keeps with the test's report. */
  static void print(Cluster cluster, String test, Optional<String> namespace) {
    System.out.println("======== the cluster after the failure of " + test);
    namespace.ifPresent(name -> printNamespace(cluster, name));
    print(cluster, "get", "pods", "--all-namespaces", "-o", "wide");
    for (var installation : Installation.present()) {
      System.out.println(installation.logs());
    }
    System.out.println("======== end of " + test);
  }

  private static void printNamespace(Cluster cluster, String namespace) {
    print(cluster, "get", "databasemigrations", "-n", namespace, "-o", "yaml");
    print(cluster, "get", "jobs,pods,configmaps", "-n", namespace);
    print(cluster, "describe", "jobs,pods", "-n", namespace);
    print(cluster, "get", "events", "-n", namespace, "--sort-by=.lastTimestamp");
    var pods = cluster.kubectl("get", "pods", "-n", namespace, "-o", "name").stdout();
    pods.lines().forEach(pod -> print(cluster, "logs", "-n", namespace, "--tail=100", pod));
  }

  private static void print(Cluster cluster, String... arguments) {
    var result = cluster.kubectl(arguments);
    System.out.println("---- kubectl " + String.join(" ", arguments));
    System.out.println(result.stdout() + result.stderr());
  }
}
