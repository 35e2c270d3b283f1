package dev.dbmigration.support;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.mockwebserver.crud.Attribute;
import io.fabric8.mockwebserver.crud.AttributeSet;
import org.junit.jupiter.api.Test;

class ObjectIndexTest {

  private static final AttributeSet POD = object("pods", "a", "shop");
  private static final AttributeSet JOB = object("jobs", "a", "shop");

  private final ObjectIndex index = new ObjectIndex();

  @Test
  void tellsKindsOfTheSameNameApart() {
    index.add(POD);
    index.add(JOB);

    assertThat(index.matching(named("jobs", "a"))).containsExactly(JOB);
    assertThat(index.matching(kind("jobs"))).containsExactly(JOB);
    assertThat(index.matching(named("jobs", "b"))).isEmpty();
  }

  @Test
  void forgetsWhatIsRemoved() {
    index.add(POD);
    index.add(JOB);

    index.remove(JOB);

    assertThat(index.matching(named("jobs", "a"))).isEmpty();
    assertThat(index.matching(kind("jobs"))).isEmpty();
    assertThat(index.matching(named("pods", "a"))).containsExactly(POD);
  }

  @Test
  void selectsByLabelAmongOneKind() {
    var other = object("pods", "b", "bank");
    index.add(POD);
    index.add(other);
    index.add(JOB);

    assertThat(index.matching(kind("pods").add(new Attribute("labels:app", "shop"))))
        .containsExactly(POD);
  }

  private static AttributeSet object(String plural, String name, String app) {
    return named(plural, name).add(new Attribute("labels:app", app));
  }

  private static AttributeSet named(String plural, String name) {
    return kind(plural).add(new Attribute("namespace", "shop"), new Attribute("name", name));
  }

  private static AttributeSet kind(String plural) {
    return new AttributeSet(new Attribute("plural", plural));
  }
}
