package dev.dbmigration.sql;

import java.util.List;
import java.util.Random;

/** Texts of valid statements, half of them damaged in one or two places. */
final class RandomScripts {

  private static final List<String> STATEMENTS =
      List.of(
          "SELECT 'a;b'",
          "SELECT E'a\\';b', e'\\\\'",
          "SELECT 'a\\', ';'",
          "SELECT $$;'$$",
          "SELECT $q$ ' $$ ; $q $ $q$, $é$;$é$",
          "SELECT 1 AS \"a;\"\"\"",
          "SELECT U&'d\\0061;', U&\"a;\" FROM (SELECT 1) AS x(\"a;\")",
          "SELECT N'n;', B'01', X'1F'",
          "SELECT 'a' -- ;\n 'b;'",
          "SELECT E'a'\r\n'\\';'",
          "SELECT 1 -- ;'\n",
          "/* ; /* ' */ ; */ SELECT 2",
          "SELECT 3+--;\n4",
          "SELECT 5*/*;*/6, 7 - -8, 1.5e3",
          "SELECT '{}'::jsonb ? 'a', '{}'::jsonb @> '{}'",
          "SELECT a$b$c FROM (SELECT 1) AS x(a$b$c)",
          "SELECT x.end, x.case FROM (SELECT 1 AS end, 2 AS case) AS x",
          "SELECT (SELECT max(a) FROM t), (1), ((2))",
          "DO $d$ BEGIN PERFORM 1; END $d$",
          "CREATE OR REPLACE FUNCTION pg_temp.f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT CASE"
              + " WHEN true THEN 2 END; END",
          "CREATE FUNCTION pg_temp.g() RETURNS int BEGIN ATOMIC SELECT x.end FROM (SELECT 1 AS end)"
              + " AS x; SELECT 1 AS case; END",
          "CREATE OR REPLACE PROCEDURE pg_temp.h(begin int) BEGIN ATOMIC INSERT INTO u VALUES (1);"
              + " END",
          "CREATE OR REPLACE FUNCTION pg_temp.i() RETURNS int LANGUAGE sql AS 'SELECT 1;'",
          "CREATE OR REPLACE FUNCTION pg_temp.j(a int) RETURNS int RETURN CASE a WHEN 1 THEN 2 END",
          "CREATE OR REPLACE RULE r AS ON INSERT TO t DO ALSO (SELECT 1; INSERT INTO u VALUES (2);)",
          "PREPARE p AS SELECT $1::int+$2::int; EXECUTE p(1, 2); DEALLOCATE p",
          "INSERT INTO u VALUES (1), (2)",
          "SAVEPOINT s; RELEASE s",
          "SET LOCAL search_path TO public");

  private static final List<String> SEPARATORS =
      List.of(";", ";;", "; -- ';\n", ";\n", ";/* ; */", " ; ", ";\r\n", ";--\r", ";\t/**/");

  private static final List<String> DAMAGES =
      List.of(
          "'", "\"", "$", "$$", ";", "(", ")", "/*", "*/", "--", "\n", "E", "", "", "", "", " ",
          "END", "CASE", ".", "é", "1");

  private final Random random;

  RandomScripts(Random random) {
    this.random = random;
  }

  String next() {
    var text = new StringBuilder();
    int statements = 1 + random.nextInt(4);
    for (int i = 0; i < statements; i++) {
      text.append(any(STATEMENTS)).append(any(SEPARATORS));
    }
    int damages = Math.max(0, random.nextInt(5) - 2);
    for (int i = 0; i < damages; i++) {
      int place = random.nextInt(text.length());
      text.replace(place, place + random.nextInt(2), any(DAMAGES));
    }
    return text.toString();
  }

  private String any(List<String> list) {
    return list.get(random.nextInt(list.size()));
  }
}
