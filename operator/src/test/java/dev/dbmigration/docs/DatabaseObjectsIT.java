package dev.dbmigration.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.support.RunnerPod;
import dev.dbmigration.support.TestDatabase;
import dev.dbmigration.support.TestServer;
import java.util.HashMap;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the documentation says about a database holds for a real one. */
class DatabaseObjectsIT {

  private static final Page OBJECTS = Page.of("docs/reference/objects.md");
  private static final Page ROLE = Page.of("docs/postgresql.md");

  private final TestServer server = TestServer.shared();

  @Test
  void theTablesHaveTheDocumentedColumns() {
    var database = server.database();
    RunnerPod.of(database).with("V1__orders.sql", "CREATE TABLE orders (id int);").run();

    assertThat(documented("`dbmigration_history`"))
        .containsExactlyElementsOf(columns(database, "dbmigration_history"));
    assertThat(documented("`dbmigration_progress`"))
        .containsExactlyElementsOf(columns(database, "dbmigration_progress"));
  }

  @Test
  void theDocumentedRoleMayDoAllThatARunDoes() {
    var database = server.database();
    var migrator = new TestDatabase(server, database.name() + "_migrator");
    roleStatements(database, migrator).forEach(statement -> grant(database, statement));
    var secret = new HashMap<>(database.secret());
    secret.put("username", migrator.name());
    var pod =
        RunnerPod.of(secret)
            .with("V1__orders.sql", "CREATE TABLE orders (id int);")
            .with("V2__index.sql", "CREATE INDEX CONCURRENTLY by_id ON orders (id);");

    var runner = pod.run();

    assertThat(runner.exitCode()).as(runner.standardOutput()).isZero();
    assertThat(runner.appliedNow()).isEqualTo(2);
    assertThat(database.query("SELECT tableowner FROM pg_tables WHERE tablename = 'orders'"))
        .isEqualTo(migrator.name());
  }

  private void grant(TestDatabase database, String statement) {
    if (statement.startsWith("GRANT USAGE")) {
      database.execute(statement);
    } else {
      server.execute(statement);
    }
  }

  private static List<String> roleStatements(TestDatabase database, TestDatabase migrator) {
    var fence =
        Pattern.compile("<!-- sql: role -->\\n```sql\\n(.*?)```", Pattern.DOTALL)
            .matcher(ROLE.text());
    assertThat(fence.find()).isTrue();
    return Stream.of(fence.group(1).split(";\\n"))
        .map(statement -> statement.replace("orders_migrator", migrator.name()))
        .map(
            statement -> statement.replace("DATABASE orders ", "DATABASE " + database.name() + " "))
        .map(statement -> statement.replace("choose-one", TestDatabase.PASSWORD))
        .toList();
  }

  private static List<String> documented(String table) {
    return OBJECTS
        .text()
        .lines()
        .dropWhile(line -> !line.startsWith(table + " has"))
        .dropWhile(line -> !line.startsWith("| `"))
        .takeWhile(line -> line.startsWith("| `"))
        .map(line -> line.split(" *\\| *", -1))
        .map(cells -> (cells[1] + " " + cells[2]).replace("`", ""))
        .toList();
  }

  private static List<String> columns(TestDatabase database, String table) {
    return database
        .query(
            """
            SELECT string_agg(column_name || ' ' || data_type, ',' ORDER BY ordinal_position)
            FROM information_schema.columns WHERE table_name = '%s'
            """
                .formatted(table))
        .lines()
        .flatMap(line -> Stream.of(line.split(",", -1)))
        .toList();
  }
}
