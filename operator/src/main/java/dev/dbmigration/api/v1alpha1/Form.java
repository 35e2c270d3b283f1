package dev.dbmigration.api.v1alpha1;

/** Patterns of texts in the resource; what they refuse never reaches the operator. */
final class Form {

  /** A name of a Secret or a ConfigMap. */
  static final String OBJECT_NAME =
      "^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$";

  /** A key of a Secret. */
  static final String OBJECT_KEY = "^[-._a-zA-Z0-9]+$";

  /** A host name, an IPv4 or an IPv6 address; no port, no path, no option. */
  static final String HOST =
      "^([A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?\\.?|[0-9A-Fa-f.]*:[0-9A-Fa-f:.]+)$";

  /** A name of a database: no control characters, nothing that separates parts of a URL. */
  static final String DATABASE = "^[^\\x00-\\x1F\\x7F/?#&@\\\\]+$";

  /** A name of a schema: no control characters. */
  static final String SCHEMA = "^[^\\x00-\\x1F\\x7F]+$";

  /** A relative folder without {@code ..}. */
  static final String FOLDER = "^[A-Za-z0-9_][A-Za-z0-9._-]*(/[A-Za-z0-9_][A-Za-z0-9._-]*)*$";

  /** A version of a migration. */
  static final String VERSION = "^[0-9]+([._][0-9]+)*$";

  /** A length of time. */
  static final String DURATION = "^([0-9]{1,5}(h|m|s|ms)){1,4}$";

  /** An amount of a resource. */
  static final String QUANTITY = "^[0-9]+(\\.[0-9]+)?(m|k|K|M|G|T|Ki|Mi|Gi|Ti)?$";

  /** A checksum as shown. */
  static final String CHECKSUM = "^sha256:[0-9a-f]{64}$";

  /** A word such as {@code MigrationFailed}. */
  static final String WORD = "^[A-Za-z]+$";

  static final int NAME_LENGTH = 253;
  static final int LABEL_LENGTH = 317;

  private Form() {}
}
