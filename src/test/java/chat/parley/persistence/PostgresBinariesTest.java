package chat.parley.persistence;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostgresBinariesTest {
  @Test
  void linuxOnBothProcessorsIsServed() {
    assertNotNull(PostgresBinaries.archive("Linux", "amd64"));
    assertNotNull(PostgresBinaries.archive("Linux", "aarch64"));
  }

  @ParameterizedTest
  @CsvSource({"Mac OS X, aarch64", "Windows 11, amd64", "Linux, riscv64"})
  void othersArePointedToADatabaseOfTheirOwn(String system, String processor) {
    String said =
        assertThrows(StartFailure.class, () -> PostgresBinaries.archive(system, processor))
            .getMessage();
    assertTrue(said.contains("--database-url") && said.contains(processor), said);
  }
}
