package dev.dbmigration.controller;

/** A specification contradicts itself; the message says where and what to write instead. */
final class InvalidSpecException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  InvalidSpecException(String message) {
    super(message);
  }
}
