package dev.dbmigration.runner.dialect.postgresql;

import static dev.dbmigration.runner.dialect.Steps.entry;
import static dev.dbmigration.runner.dialect.Steps.failureOf;
import static dev.dbmigration.runner.dialect.Steps.first;
import static dev.dbmigration.runner.dialect.Steps.script;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.model.Execution;
import dev.dbmigration.model.SourcePosition;
import dev.dbmigration.runner.dialect.Session;
import dev.dbmigration.runner.dialect.postgresql.Server.Database;
import dev.dbmigration.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Data that stands in a script behind {@code COPY ... FROM STDIN}. */
class PostgresCopyIT {

  private final Database database;
  private Session session;

  PostgresCopyIT() throws Exception {
    database = Server.newDatabase();
  }

  @BeforeEach
  void open() throws Exception {
    session = database.open();
    session.history().create();
  }

  @AfterEach
  void close() {
    session.close();
  }

  @Test
  void copiesDataAndNamesTheLineThatIsWrong() throws Exception {
    var create = script("CREATE TABLE t (id int, name text)").getFirst();

    session
        .execution()
        .applyAtomically(first(), List.of(create, copy("1\ta\n2\tb\n")), Execution.DEFAULT);
    var failure =
        failureOf(() ->
            session
                .execution()
                .applyAtomically(
                    entry(2, Optional.empty(), "2"),
                    List.of(copy("3\tc\nfour\td\n")),
                    Execution.DEFAULT));

    assertThat(database.query("SELECT string_agg(name, ',' ORDER BY id) FROM t")).isEqualTo("a,b");
    assertThat(failure.message())
        .isEqualTo("invalid input syntax for type integer: *** (line 2 of the data)");
    assertThat(failure.position()).contains(new SourcePosition("V1__a.sql", 1, 1));
  }

  /** Some driver blocks end in the middle of a character that Java writes as two. */
  @Test
  void copiesCharactersThatReachOverABlockOfTheDriver() throws Exception {
    var create = script("CREATE TABLE t (id int, name text)").getFirst();
    var text = "x".repeat(65_533) + "😀y";

    session
        .execution()
        .applyAtomically(first(), List.of(create, copy("1\t" + text + "\n")), Execution.DEFAULT);

    assertThat(database.query("SELECT right(name, 3) FROM t")).isEqualTo("x😀y");
  }

  private static Statement copy(String data) {
    return new Statement(
        "COPY t FROM STDIN",
        index -> new SourcePosition("V1__a.sql", 1, index + 1),
        Statement.Kind.TRANSACTIONAL,
        Optional.of(data));
  }
}
