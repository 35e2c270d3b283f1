package dev.dbmigration.e2e;

import java.util.Optional;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Skips or fails where no cluster can be had, and hands out what a test asks for. */
final class ClusterExtension
    implements ExecutionCondition, BeforeAllCallback, ParameterResolver, AfterEachCallback {

  private static final ExtensionContext.Namespace STORE =
      ExtensionContext.Namespace.create(ClusterExtension.class);

  private static final class Machine {
    static final Optional<String> WHY_NOT = ContainerEngine.whyNot();
  }

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    if (Machine.WHY_NOT.isEmpty() || isRequired()) {
      return ConditionEvaluationResult.enabled("a cluster can be started, or must be");
    }
    var reason = "needs a cluster, but " + Machine.WHY_NOT.get();
    if (context.getTestMethod().isEmpty()) {
      System.out.println("SKIPPED " + context.getDisplayName() + ": " + reason);
    }
    return ConditionEvaluationResult.disabled(reason);
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    Machine.WHY_NOT.ifPresent(reason -> {
      throw new AssertionError("REQUIRE_E2E=true, but " + reason);
    });
  }

  private static boolean isRequired() {
    return "true".equals(System.getenv("REQUIRE_E2E"));
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    var type = parameter.getParameter().getType();
    return type == Cluster.class || type == TestNamespace.class || type == Database.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    var type = parameter.getParameter().getType();
    if (type == Cluster.class) {
      return Cluster.shared();
    }
    if (type == Database.class) {
      return PostgresServer.shared().createDatabase();
    }
    return context
        .getStore(STORE)
        .computeIfAbsent(
            TestNamespace.class,
            _ -> TestNamespace.create(Cluster.shared(), context.getRequiredTestMethod().getName()),
            TestNamespace.class);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    var namespace = context.getStore(STORE).get(TestNamespace.class, TestNamespace.class);
    if (context.getExecutionException().isPresent()) {
      var names = Optional.ofNullable(namespace).map(TestNamespace::name);
      Diagnostics.print(Cluster.shared(), context.getDisplayName(), names);
    }
    if (namespace != null) {
      namespace.delete();
    }
  }
}
