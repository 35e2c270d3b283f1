package dev.dbmigration.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

class RunCommandTest {

  @Test
  void letsTheDriverWriteNothingPastOurLogs() {
    var driver = Logger.getLogger("org.postgresql.core.v3.ConnectionFactoryImpl");

    RunCommand.silenceDriver();

    assertThat(driver.isLoggable(Level.SEVERE)).isFalse();
  }
}
