package dev.dbmigration.runner.dialect.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.model.SourcePosition;
import dev.dbmigration.sql.Statement;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConcurrentIndexTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "CREATE INDEX CONCURRENTLY Orders_Idx ON orders (id) | orders | orders_idx",
        "create unique index concurrently if not exists i on only sales.orders using btree (id)"
            + " | sales.orders | i",
        "CREATE INDEX /* why */ CONCURRENTLY \"My \"\"Index\" ON \"S\".\"T\" (id)"
            + " | \"S\".\"T\" | My \"Index",
        "CREATE INDEX CONCURRENTLY \"i\"ON orders(id) | orders | i",
        "CREATE INDEX CONCURRENTLY IDX_Ü ON orders (id) | orders | idx_Ü",
      })
  void findsTableAndName(String text, String table, String name) {
    assertThat(ConcurrentIndex.of(statement(text))).contains(new ConcurrentIndex(table, name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE INDEX CONCURRENTLY ON orders (id)",
        "DROP INDEX CONCURRENTLY i",
        "REINDEX INDEX CONCURRENTLY i"
      })
  void findsNoneWhereTheServerChoosesTheNameOrNoneIsMade(String text) {
    assertThat(ConcurrentIndex.of(statement(text))).isEmpty();
  }

  @Test
  void readsThroughCommentsOfLines() {
    assertThat(
            ConcurrentIndex.of(
                statement("-- first\nCREATE INDEX CONCURRENTLY i -- x ON y\n ON orders (id)")))
        .contains(new ConcurrentIndex("orders", "i"));
  }

  private static Statement statement(String text) {
    return new Statement(
        text,
        index -> new SourcePosition("V1__a.sql", 1, index + 1),
        Statement.Kind.CONCURRENT_INDEX,
        Optional.empty());
  }
}
