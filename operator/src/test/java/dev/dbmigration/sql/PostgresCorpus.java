package dev.dbmigration.sql;

import java.util.List;
import java.util.stream.Stream;

/** Texts at which splitters are known to fail, and the statements that they hold. */
final class PostgresCorpus {

  private PostgresCorpus() {}

  /**
   * One text.
   *
   * @param name what it is about
   * @param text a whole file
   * @param statements its statements
   */
  record Case(String name, String text, List<String> statements) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> cases() {
    return Stream.of(
            dollars(),
            strings(),
            comments(),
            routines(),
            statements(),
            clientCommands(),
            wholeFiles())
        .flatMap(List::stream);
  }

  private static Case of(String name, String text, String... statements) {
    return new Case(name, text, List.of(statements));
  }

  private static List<Case> dollars() {
    return List.of(
        of("dollar", "SELECT $$a;b$$; SELECT 2;", "SELECT $$a;b$$", "SELECT 2"),
        of(
            "dollar-tag-nested",
            "DO $x$ BEGIN EXECUTE $y$SELECT 1; $y$; END $x$; SELECT 2;",
            "DO $x$ BEGIN EXECUTE $y$SELECT 1; $y$; END $x$",
            "SELECT 2"),
        of(
            "dollar-tag-junk",
            "SELECT $a$ $ $b $$ $ab$ ; $a$; SELECT 2;",
            "SELECT $a$ $ $b $$ $ab$ ; $a$",
            "SELECT 2"),
        of(
            "dollar-in-ident",
            "CREATE TABLE a$b$c (x int); SELECT 2 AS d$b$;",
            "CREATE TABLE a$b$c (x int)",
            "SELECT 2 AS d$b$"),
        of(
            "param-$1",
            "PREPARE p AS SELECT $1::int+$2::int; EXECUTE p(1,2); SELECT 3;",
            "PREPARE p AS SELECT $1::int+$2::int",
            "EXECUTE p(1,2)",
            "SELECT 3"));
  }

  private static List<Case> strings() {
    return List.of(
        of("estring-upper", "SELECT E'a\\';b'; SELECT 2;", "SELECT E'a\\';b'", "SELECT 2"),
        of("estring-lower", "SELECT e'..\\'..;'; SELECT 2;", "SELECT e'..\\'..;'", "SELECT 2"),
        of("backslash-std", "SELECT 'a\\'; SELECT 'b;';", "SELECT 'a\\'", "SELECT 'b;'"),
        of(
            "uescape",
            "SELECT U&'d!0061;' UESCAPE '!'; SELECT U&\"d\\0061;\" FROM (SELECT 1) AS t(\"da;\");",
            "SELECT U&'d!0061;' UESCAPE '!'",
            "SELECT U&\"d\\0061;\" FROM (SELECT 1) AS t(\"da;\")"),
        of(
            "dblquote",
            "SELECT 1 AS \"a;\"\"b';\"; SELECT 2;",
            "SELECT 1 AS \"a;\"\"b';\"",
            "SELECT 2"),
        of(
            "string-continuation",
            "SELECT E'a'\n  'b\\';c'; SELECT 'a' -- more\n 'b;';",
            "SELECT E'a'\n  'b\\';c'",
            "SELECT 'a' -- more\n 'b;'"),
        of(
            "unicode-dollar",
            "SELECT $größe$ ; $größe$; SELECT 2;",
            "SELECT $größe$ ; $größe$",
            "SELECT 2"));
  }

  private static List<Case> comments() {
    return List.of(
        of("nested-comment", "SELECT 1 /* a /* b; */ c; */; SELECT 2;", "SELECT 1", "SELECT 2"),
        of("line-comment", "-- a; b'\nSELECT 1; -- c;\rSELECT 2;", "SELECT 1", "SELECT 2"),
        of("op-comment", "SELECT 3+--;\n4; SELECT 5*/*;*/6;", "SELECT 3+--;\n4", "SELECT 5*/*;*/6"),
        of(
            "quote-in-comment",
            "/* don't */ SELECT 1; -- isn't $$\nSELECT 2; /* \" */",
            "SELECT 1",
            "SELECT 2"));
  }

  private static List<Case> routines() {
    var atomic =
        "CREATE OR REPLACE FUNCTION f(a int) RETURNS int LANGUAGE sql\nBEGIN ATOMIC\n  SELECT 1;\n"
            + "  SELECT a + 1;\nEND";
    var withCase =
        "CREATE FUNCTION g(a int) RETURNS int BEGIN ATOMIC SELECT CASE WHEN a > 0 THEN 1 ELSE 2"
            + " END; SELECT CASE a WHEN 1 THEN CASE WHEN true THEN 3 END END AS end; END";
    var named = "CREATE PROCEDURE begin_job(atomic int) LANGUAGE sql AS 'SELECT 1;'";
    return List.of(
        of("begin-atomic", atomic + "; SELECT 2;", atomic, "SELECT 2"),
        of("begin-atomic-case", withCase + "; SELECT 2;", withCase, "SELECT 2"),
        of(
            "procedure-begin-ident",
            named + "; CREATE PROCEDURE begin() LANGUAGE sql AS $$SELECT 1;$$; SELECT 2;",
            named,
            "CREATE PROCEDURE begin() LANGUAGE sql AS $$SELECT 1;$$",
            "SELECT 2"));
  }

  private static List<Case> statements() {
    var rule =
        "CREATE RULE r AS ON INSERT TO t DO ALSO (INSERT INTO u VALUES (1); DELETE FROM v; )";
    return List.of(
        of("plain", "SELECT 1;\nSELECT 2;\n", "SELECT 1", "SELECT 2"),
        of("rule-parens", rule + "; SELECT 2;", rule, "SELECT 2"),
        of("begin-tx", "BEGIN; SELECT 1; SELECT 2; COMMIT;", "SELECT 1", "SELECT 2"),
        of(
            "jsonb-qmark",
            "SELECT '{\"a\":1}'::jsonb ? 'a'; SELECT '{}'::jsonb ?| array['b'];",
            "SELECT '{\"a\":1}'::jsonb ? 'a'",
            "SELECT '{}'::jsonb ?| array['b']"),
        of(
            "jdbc-escape-braces",
            "SELECT '{fn now()}'; SELECT '{d ''2020''}';",
            "SELECT '{fn now()}'",
            "SELECT '{d ''2020''}'"),
        of("empty-stmts", ";;SELECT 1;; ;\n;/* a */;SELECT 2;;", "SELECT 1", "SELECT 2"));
  }

  private static List<Case> clientCommands() {
    return List.of(
        of(
            "copy",
            "COPY t (a, b) FROM stdin;\n1\t;\n2\t'\n\\.\n\nSELECT 1;",
            "COPY t (a, b) FROM stdin",
            "SELECT 1"),
        of("psql-restrict", "\\restrict abc'def\nSELECT 1;\n\\unrestrict abc'def\n", "SELECT 1"));
  }

  private static List<Case> wholeFiles() {
    return List.of(
        of("no-trailing-semi", "SELECT 1;\nSELECT 2 -- end", "SELECT 1", "SELECT 2"),
        of("crlf", "SELECT 1;\r\n-- a;\r\nSELECT\r\n 2;\r\n", "SELECT 1", "SELECT\r\n 2"),
        of("bom", "\uFEFFSELECT 1;\nSELECT 2;", "SELECT 1", "SELECT 2"));
  }
}
