package dev.dbmigration.runner.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.runner.source.FileName.Invalid;
import dev.dbmigration.runner.source.FileName.OfMigration;
import dev.dbmigration.runner.source.FileName.Other;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileNameTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      emptyValue = "",
      value = {
        "V1__create_orders.sql      | 1            | create orders",
        "V1.2.3__x.sql              | 1.2.3        | x",
        "V1_2__x.sql                | 1.2          | x",
        "V01.0__x.sql               | 1            | x",
        "V20250110120000__a__b.sql  | 20250110120000 | a  b",
        "V1__.sql                   | 1            | ''",
        "V1.sql                     | 1            | ''",
        "V1__x.SQL                  | 1            | x",
        "V1___x.sql                 | 1            | x",
        "V1__grüße 1.sql            | 1            | grüße 1",
        "R__views.sql               | R views      | views",
        "R__sales_views.sql         | R sales views | sales views",
      })
  void readsMigrations(String name, String key, String description) {
    assertThat(written(FileName.of(name))).isEqualTo(key + " / " + description);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "v1__x.sql        | V1__x.sql",
        "V1_x.sql         | V1__x.sql",
        "V1-x.sql         | V1__x.sql",
        "V1 add x.sql     | V1__add x.sql",
        "V_1__x.sql       | V1__x.sql",
        "1__x.sql         | V1__x.sql",
        "20250110_x.sql   | V20250110__x.sql",
        "V1.2-x.sql       | V1.2__x.sql",
        "V1.sql.sql       | V1__sql.sql",
        "r__x.sql         | R__x.sql",
        "R_x.sql          | R__x.sql",
        "R1__x.sql        | R__x.sql",
      })
  void saysWhatWasProbablyMeant(String name, String meant) {
    var invalid = invalid(name);

    assertThat(invalid.problem())
        .isEqualTo("fits neither V<version>__<description>.sql nor R__<description>.sql");
    assertThat(invalid.remedy()).isEqualTo("Rename it; probably " + meant + " is meant.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "README.sql",
        "Vendor.sql",
        "V__x.sql",
        "R__.sql",
        "R___.sql",
        ".sql",
        "x.sql",
        "V1x__y.sql",
        "V1..2__x.sql",
        "V٣__x.sql",
        "VV1__x.sql"
      })
  void listsWhatIsExpectedWhereNothingIsClose(String name) {
    assertThat(invalid(name).remedy()).startsWith("Rename it");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "U1__x.sql              | is that of an undo migration, which is not supported yet",
        "B1__x.sql              | is that of a baseline migration, which is not supported yet",
        "afterMigrate.sql       | is that of a callback, which is not supported",
        "beforeEachMigrate__a.sql | is that of a callback, which is not supported",
        "V1__x.sql.conf         | is that of a script configuration, which is not supported",
      })
  void namesWhatIsNotSupported(String name, String problem) {
    assertThat(invalid(name).problem()).isEqualTo(problem);
  }

  @ParameterizedTest
  @ValueSource(strings = {"README.md", "V1__x.txt", "V1__x.sql.bak", "V1__x", "sql", ".gitkeep"})
  void leavesOtherFilesAlone(String name) {
    assertThat(FileName.of(name)).isEqualTo(new Other());
  }

  private static Invalid invalid(String name) {
    return switch (FileName.of(name)) {
      case Invalid invalid -> invalid;
      case OfMigration migration -> throw new AssertionError("valid: " + migration);
      case Other _ -> throw new AssertionError("ignored");
    };
  }

  private static String written(FileName name) {
    return switch (name) {
      case OfMigration(var key, var description) -> key.text() + " / " + description;
      case Invalid invalid -> invalid.toString();
      case Other other -> other.toString();
    };
  }
}
