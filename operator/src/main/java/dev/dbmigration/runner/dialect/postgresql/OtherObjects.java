package dev.dbmigration.runner.dialect.postgresql;

import dev.dbmigration.runner.dialect.postgresql.connection.Sql;

/** What else a schema holds, apart from what extensions brought and what belongs to a table. */
final class OtherObjects {

  private OtherObjects() {}

  /** The names of up to five objects. */
  static String select(HistoryTables tables) {
    return """
    SELECT name FROM (
      SELECT CASE relkind WHEN 'v' THEN 'view ' WHEN 'm' THEN 'materialized view '
               WHEN 'S' THEN 'sequence ' WHEN 'c' THEN 'type ' ELSE 'table ' END || relname
               AS name,
             'pg_catalog.pg_class'::pg_catalog.regclass AS class, oid, relnamespace AS namespace
        FROM pg_catalog.pg_class
        WHERE relkind IN ('r', 'p', 'f', 'v', 'm', 'S', 'c')
          AND relname NOT IN ('%s', '%s')
      UNION ALL
      SELECT 'function ' || proname, 'pg_catalog.pg_proc'::pg_catalog.regclass, oid,
             pronamespace FROM pg_catalog.pg_proc
      UNION ALL
      SELECT 'type ' || typname, 'pg_catalog.pg_type'::pg_catalog.regclass, oid, typnamespace
        FROM pg_catalog.pg_type WHERE typtype IN ('d', 'e', 'r')
      ) AS object
    WHERE namespace = pg_catalog.to_regnamespace(%s)
      AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend
        WHERE classid = object.class AND objid = object.oid AND deptype IN ('e', 'i', 'a')
          AND (deptype = 'e' OR refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass))
    LIMIT 5\
    """
        .formatted(
            HistoryTables.HISTORY,
            HistoryTables.PROGRESS,
            Sql.literal(Sql.identifier(tables.schema())));
  }
}
