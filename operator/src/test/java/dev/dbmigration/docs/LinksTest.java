package dev.dbmigration.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every link within the project leads somewhere. */
class LinksTest {

  private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");

  @ParameterizedTest(name = "{0}")
  @MethodSource("pages")
  void linksLeadToAPageAndToAHeadingOfIt(Page page) {
    var links = LINK.matcher(page.prose()).results().map(match -> match.group(1)).toList();

    assertThat(links).filteredOn(link -> problem(page, link).isPresent()).isEmpty();
  }

  static List<Page> pages() {
    return Page.all();
  }

  private static Optional<String> problem(Page page, String link) {
    if (link.matches("(https?|mailto):.*")) {
      return Optional.empty();
    }
    var file = link.replaceFirst("#.*", "");
    var target = file.isEmpty() ? page.path() : page.path().resolveSibling(file).normalize();
    if (!Files.exists(target)) {
      return Optional.of("no such file");
    }
    return anchor(link).filter(anchor -> !new Page(target).anchors().contains(anchor));
  }

  private static Optional<String> anchor(String link) {
    int start = link.indexOf('#');
    return start < 0 ? Optional.empty() : Optional.of(link.substring(start + 1));
  }
}
