package dev.dbmigration.controller.resource;

/** A specification contradicts itself; the message says where and what to write instead. */
public final class InvalidSpecException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public InvalidSpecException(String message) {
    super(message);
  }
}
