package dev.dbmigration.chart;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A test class that needs {@code helm}. It is skipped, with a printed reason, where there is none,
 * and fails there instead when the environment says {@code REQUIRE_E2E=true}.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NeedsHelm.Condition.class)
@interface NeedsHelm {

  /** Decides it. */
  final class Condition implements ExecutionCondition {

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      if (!Helm.installed().isEmpty()) {
        return ConditionEvaluationResult.enabled("helm is on the PATH");
      }
      var reason = "needs helm, and none is on the PATH";
      if ("true".equals(System.getenv("REQUIRE_E2E"))) {
        throw new AssertionError(
            "REQUIRE_E2E=true, but " + context.getDisplayName() + " " + reason);
      }
      if (context.getTestMethod().isEmpty()) {
        System.out.println("SKIPPED " + context.getDisplayName() + ": " + reason);
      }
      return ConditionEvaluationResult.disabled(reason);
    }
  }
}
