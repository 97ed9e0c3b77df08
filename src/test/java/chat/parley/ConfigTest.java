package chat.parley;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigTest {
  @TempDir private Path folder;

  @Test
  void withoutSettingsTheDefaultsHold() {
    Config config = read(List.of(), Map.of("HOME", "/root", "PATH", "/bin"));
    assertEquals(8080, config.number(Setting.PORT));
    assertTrue(config.isOn(Setting.LIMITS));
    assertFalse(config.isOn(Setting.ALLOW_FSYNC_OFF));
    assertEquals(List.of(), config.list(Setting.CORS_ORIGINS));
  }

  @Test
  void everyDefaultIsRight() {
    for (Setting setting : Setting.values()) {
      assertEquals(null, setting.objection(setting.standard()), setting.flag());
    }
  }

  @Test
  void flagIsStrongerThanEnvironmentAndThatThanTheFile() throws IOException {
    Files.writeString(folder.resolve("parley.properties"), "port=1\nhost=a\nregistration=closed\n");
    Config config = read(List.of("--port", "3"), Map.of("PARLEY_PORT", "2", "PARLEY_HOST", "b"));
    assertEquals("3", config.get(Setting.PORT));
    assertEquals("b", config.get(Setting.HOST));
    assertEquals("closed", config.get(Setting.REGISTRATION));
  }

  @Test
  void anotherFileCanBeNamed() throws IOException {
    Files.writeString(folder.resolve("other.properties"), "port = 5 \n");
    assertEquals(5, read(List.of("--config", "other.properties"), Map.of()).number(Setting.PORT));
    assertEquals(
        5, read(List.of(), Map.of("PARLEY_CONFIG", "other.properties")).number(Setting.PORT));
  }

  @Test
  void valuesFollowAnEqualsSignOrStandNext() {
    Config config =
        read(
            List.of(
                "--database-url=postgresql://h/db?sslmode=require",
                "--allow-fsync-off",
                "--limits",
                "off"),
            Map.of());
    assertEquals("postgresql://h/db?sslmode=require", config.get(Setting.DATABASE_URL));
    assertTrue(config.isOn(Setting.ALLOW_FSYNC_OFF));
    assertFalse(config.isOn(Setting.LIMITS));
    assertFalse(read(List.of("--allow-fsync-off", "off"), Map.of()).isOn(Setting.ALLOW_FSYNC_OFF));
  }

  /** In the tables, each word is one argument. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--prot 1                      | --prot is not a setting; --help shows them all",
        "port=1                        | 'port' is not a setting; --help shows them all",
        "--port                        | --port needs a value",
        "--port 1 --port 2             | --port is given twice",
        "--port 65536                  | --port must be a number from 0 to 65535, not '65536'",
        "--port -1                     | --port must be a number from 0 to 65535, not '-1'",
        "--registration maybe          | --registration must be open or invite or closed, not 'maybe'",
        "--limits 1                    | --limits must be on or off, not '1'",
        "--secret tooshort             | --secret has less than 32 characters",
        "--public-url chat.example     | --public-url is not like https://chat.example",
        "--public-url https://a.b/c    | --public-url is not like https://chat.example",
        "--base-path chat/             | --base-path is not like /chat",
        "--base-path /chat/            | --base-path is not like /chat",
        "--cors-origins https://a.b,*  | --cors-origins is not a list of origins like https://shop.example: 'https://a.b,*'",
        "--trusted-proxies 10.0.0.0/x  | --trusted-proxies is not a list of addresses or networks like 10.0.0.0/8: '10.0.0.0/x'",
        "--trusted-proxies nginx       | --trusted-proxies is not a list of addresses or networks like 10.0.0.0/8: 'nginx'",
      })
  void wrongSettingIsNamed(String arguments, String message) {
    assertEquals(message, refusal(List.of(arguments.split(" ")), Map.of()));
  }

  @Test
  void unknownVariablesAndLinesAreNamed() throws IOException {
    assertEquals(
        "PARLEY_PROT is not a setting; --help shows them all",
        refusal(List.of(), Map.of("PARLEY_PROT", "1")));
    Path file = Files.writeString(folder.resolve("parley.properties"), "prot=1");
    assertEquals(
        "'prot' in " + file + " is not a setting; --help shows them all",
        refusal(List.of(), Map.of()));
    assertTrue(refusal(List.of("--config", "absent"), Map.of()).endsWith("cannot be read"));
  }

  @Test
  void emptyVariableIsNotSet() {
    assertEquals(8080, read(List.of(), Map.of("PARLEY_PORT", "")).number(Setting.PORT));
  }

  @Test
  void secretsAreNotRepeated() {
    assertFalse(refusal(List.of("--secret", "hunter2"), Map.of()).contains("hunter2"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.0/8,192.0.2.1,::1", "fd00::/8", ""})
  void networksAreTaken(String value) {
    read(List.of("--trusted-proxies", value), Map.of());
  }

  @Test
  void documentHoldsTheSameTable() throws IOException {
    assertTrue(
        Files.readString(Path.of("docs/settings.md")).contains(Config.table()),
        () -> "docs/settings.md should hold\n" + Config.table());
  }

  private String refusal(List<String> arguments, Map<String, String> environment) {
    return assertThrows(Config.Wrong.class, () -> read(arguments, environment)).getMessage();
  }

  private Config read(List<String> arguments, Map<String, String> environment) {
    return Config.read(arguments, environment, folder);
  }
}
