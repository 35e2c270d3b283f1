package dev.dbmigration;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;

/** What a package may use, and how code is written; holds for packages that come later as well. */
@AnalyzeClasses(packages = AllowList.ROOT, importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  private static final String[] PURE = {
    "dev.dbmigration.model..",
    "dev.dbmigration.plan..",
    "dev.dbmigration.reconcile..",
    "dev.dbmigration.sql..",
    "dev.dbmigration.lint..",
    "dev.dbmigration.job.."
  };

  @ArchTest
  static final ArchRule packagesUseOnlyWhatTheAllowListSays =
      classes().should(new AllowList()).because("docs/architecture.md says what depends on what");

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching(AllowList.ROOT + ".(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule thePureCoreTouchesNothingOutside =
      noClasses()
          .that()
          .resideInAnyPackage(PURE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "java.io..", "java.net..", "java.sql..", "java.nio.file..", "org.slf4j..")
          .orShould()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.time.Clock");

  @ArchTest
  static final ArchRule thePureCoreIsGivenTimeAndChance =
      noClasses()
          .that()
          .resideInAnyPackage(PURE)
          .should()
          .callMethodWhere(
              describe(
                  "it reads a clock, the environment or chance",
                  call ->
                      call.getTarget().getOwner().isEquivalentTo(System.class)
                              && !call.getTarget().getName().matches("arraycopy|lineSeparator")
                          || call.getTarget().getName().matches("now|randomUUID")));

  @ArchTest
  static final ArchRule onlyDialectsSeeDrivers =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.dbmigration.runner.dialect.*..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.sql..", "javax.sql..", "org.postgresql..", "com.mongodb..");

  @ArchTest
  static final ArchRule onlyTheControllerSeesItsFramework =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.dbmigration.controller..", "dev.dbmigration.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.javaoperatorsdk..");

  @ArchTest
  static final ArchRule namesSayWhatATypeIs =
      noClasses().should().haveNameMatching(".*(Utils?|Helper|Manager|Common)");

  @ArchTest
  static final ArchRule nothingExtendsAClassOfOurs =
      noClasses()
          .that()
          .areNotAssignableTo(Throwable.class)
          .and()
          .areNotEnums()
          .should(
              new Check(
                  "extend a class of ours",
                  type ->
                      type.getRawSuperclass()
                          .filter(parent -> parent.getPackageName().startsWith(AllowList.ROOT))
                          .filter(parent -> !parent.isEnum())
                          .isPresent()));

  @ArchTest
  static final ArchRule ofADialectOnlyItselfIsPublic =
      noClasses()
          .that()
          .resideInAPackage("dev.dbmigration.runner.dialect.*")
          .and()
          .areTopLevelClasses()
          .and()
          .haveSimpleNameNotEndingWith("Dialect")
          .should()
          .bePublic()
          .because(
              "what lies below a dialect is used by that dialect alone: the allow-list says so");

  @ArchTest
  static void noPackageIsCrowded(JavaClasses all) {
    var types =
        all.stream()
            .filter(type -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info"))
            .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));

    assertThat(types).allSatisfy((name, count) -> assertThat(count).as(name).isBetween(1L, 20L));
  }

  @ArchTest
  static final ArchRule everyPackageIsNullMarked =
      classes()
          .should(
              new Check(
                  "be in a package whose package-info says @NullMarked",
                  type -> type.getPackage().isAnnotatedWith(NullMarked.class)));

  private static final class Check extends ArchCondition<JavaClass> {

    private final Predicate<JavaClass> predicate;

    Check(String description, Predicate<JavaClass> predicate) {
      super(description);
      this.predicate = predicate;
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
      boolean holds = predicate.test(type);
      var verb = holds ? " satisfies: " : " does not satisfy: ";
      events.add(new SimpleConditionEvent(type, holds, type.getName() + verb + getDescription()));
    }
  }
}
