package dev.dbmigration.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.model.Finding;
import dev.dbmigration.model.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** One page for each reason, which says what the code does. */
class ErrorPagesTest {

  /** No runner ends with these; the operator finds them. */
  private static final Set<Reason> OF_THE_OPERATOR =
      EnumSet.of(
          Reason.JOB_REFUSED,
          Reason.JOB_VANISHED,
          Reason.REPORT_UNREADABLE,
          Reason.NAME_CONFLICT,
          Reason.NODE_LOST);

  private static final SourceTexts SOURCE = SourceTexts.ofTheProgram();

  @ParameterizedTest
  @EnumSource
  void aPageSaysHowItLooksWhyAndWhatToDo(Reason reason) {
    var page = page(reason);

    assertThat(page.text()).startsWith("# " + reason.text() + "\n\n").contains("\n```text\n");
    assertThat(page.headings())
        .containsExactly("How it looks", "Why", "What to do", "What the operator does");
  }

  @ParameterizedTest
  @EnumSource
  void aPageSaysWhatTheOperatorDoes(Reason reason) {
    var behaviour = page(reason).flowing().replaceFirst(".*## What the operator does ", "").strip();

    assertThat(behaviour).startsWith(disposition(reason)).contains(exitCode(reason));
  }

  @ParameterizedTest
  @EnumSource
  void theIndexNamesEachReasonOnceWithWhatTheOperatorDoes(Reason reason) {
    var index = Page.of("docs/errors/README.md").text();

    var rows = index.lines().filter(line -> line.contains("(" + reason.text() + ".md)")).toList();

    assertThat(rows).hasSize(1);
    assertThat(rows.getFirst())
        .startsWith("| [" + reason.text() + "]")
        .endsWith("| " + inShort(reason) + " |");
  }

  @Test
  void noPageIsAboutAReasonThatDoesNotExist() throws IOException {
    var expected =
        Stream.concat(
            Stream.of("README.md"), Arrays.stream(Reason.values()).map(text -> text + ".md"));

    try (var files = Files.list(Page.PROJECT.resolve("docs/errors"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(expected.toList());
    }
  }

  @ParameterizedTest
  @MethodSource("findings")
  void aPageQuotesTheFindingAsItIs(Finding finding) {
    var failure = finding.toFailure();

    assertThat(page(failure.reason()).text())
        .contains("```text\n" + failure.message() + " " + failure.remedy() + "\n```");
  }

  /** Two states have no remedy: there is nothing to do. */
  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"APPLIED", "MIGRATION_RUNNING"})
  void aMessageOnAPageEndsAsTheCodeSaysIt(Reason reason) {
    var messages = page(reason).messages();

    assertThat(messages).isNotEmpty().allMatch(SOURCE::sayTheEndOf);
  }

  static List<Finding> findings() {
    return QuotedFindings.ALL;
  }

  @Test
  void everyKindOfFindingIsQuoted() {
    assertThat(findings().stream().<Class<?>>map(Object::getClass).distinct())
        .containsExactlyInAnyOrder(Finding.class.getPermittedSubclasses());
  }

  private static Page page(Reason reason) {
    return Page.of("docs/errors/" + reason.text() + ".md");
  }

  private static String disposition(Reason reason) {
    return switch (reason.disposition()) {
      case READY -> "**Done.**";
      case IN_PROGRESS -> "**In progress.**";
      case NEEDS_A_PERSON -> "**Waits for a person.**";
      case RETRIED, RETRIED_SLOWLY ->
          reason == Reason.JOB_REFUSED
              ? "**Tried again by itself.**"
              : "**Tried again by itself**, after %s first, ".formatted(pause(reason));
    };
  }

  private static String pause(Reason reason) {
    var pause = reason.firstPause();
    return pause.toMinutes() > 0 ? pause.toMinutes() + " min" : pause.toSeconds() + " s";
  }

  private static String exitCode(Reason reason) {
    if (reason.disposition() == Reason.Disposition.IN_PROGRESS
        || OF_THE_OPERATOR.contains(reason)) {
      return "Exit code of the runner: none, because ";
    }
    var code = reason.exitCode();
    return "Exit code of the runner: `%d` (`%s`).".formatted(code.number(), code);
  }

  private static String inShort(Reason reason) {
    return switch (reason.disposition()) {
      case READY -> "done";
      case IN_PROGRESS -> "in progress";
      case RETRIED -> "tried again";
      case RETRIED_SLOWLY -> "tried again, slowly";
      case NEEDS_A_PERSON -> "waits for a person";
    };
  }
}
