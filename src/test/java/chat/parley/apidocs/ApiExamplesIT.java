package chat.parley.apidocs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.testing.BrowserExtension;
import chat.parley.testing.Packages;
import chat.parley.testing.Pictures;
import chat.parley.testing.TestServer;
import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What docs/api gives people to run, is run: on a fresh server, as they would. */
class ApiExamplesIT {
  /** Answers that the words around an example announce, by what is asked for. */
  private static final List<String> REFUSED =
      List.of(
          "404 DELETE /auth/sessions/01a1fd7b-4d10-7c0a-9a3e-0d6b2f6f5f11",
          "400 POST /auth/password-reset-confirm",
          "400 POST /auth/email-confirm",
          "403 POST /chat/rooms",
          "401 POST /auth/login");

  /** Notes the status of every request, and what the examples cannot know. */
  private static final String AROUND =
      """
      set -euo pipefail
      curl() { command curl -w '%{stderr}%{http_code} %{method} %{url}\\n' "$@"; }
      """;

  private static final String DEVICE =
      """
      {"options": {"protocol": "ctap2", "transport": "internal", "hasResidentKey": true,
        "hasUserVerification": true, "isUserVerified": true, "automaticPresenceSimulation": true}}""";

  @RegisterExtension static final BrowserExtension browser = new BrowserExtension();
  @RegisterExtension final TestServer server = new TestServer();

  @TempDir Path folder;

  @BeforeAll
  static void toolsAreThere() {
    Packages.require("curl", "jq", "openssl", "oathtool");
  }

  /** The code of this language in the README, in order. */
  private static String code(String language) throws IOException {
    return Pattern.compile("(?ms)^```" + language + "\\n(.*?)^```")
        .matcher(Files.readString(Path.of("docs/api/README.md")))
        .results()
        .map(block -> block.group(1))
        .collect(Collectors.joining("\n"));
  }

  private List<String> run(String... command) throws IOException, InterruptedException {
    Path said = folder.resolve("said");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectError(said.toFile())
            .redirectOutput(folder.resolve("out").toFile())
            .start();
    boolean ended = process.waitFor(120, TimeUnit.SECONDS);
    process.destroy();
    String words = Files.readString(said);
    assertEquals(List.of(true, 0), List.of(ended, ended ? process.exitValue() : -1), words);
    return words.lines().toList();
  }

  @Test
  void everyExampleOfTheReadmeRuns() throws Exception {
    Files.write(folder.resolve("photo.jpg"), Pictures.halves("jpeg", 64, 64));
    String script =
        AROUND + code("sh").replace("http://localhost:8080", "http://localhost:" + server.port());
    List<String> refused = new ArrayList<>();
    for (String line : run("bash", "-c", script)) {
      if (!line.matches("[23]\\d\\d [A-Z]+ http.*")) {
        refused.add(line.replaceFirst("http.*/api/v1", ""));
      }
    }
    assertEquals(REFUSED, refused);
    assertTrue(said(code("js")).contains("Hello"));
  }

  private List<String> said(String script) {
    Page page = browser.person("bert");
    List<String> said = new ArrayList<>();
    page.onConsoleMessage(message -> said.add(message.text()));
    page.navigate("http://localhost:" + server.port() + "/");
    CDPSession devices = page.context().newCDPSession(page);
    devices.send("WebAuthn.enable");
    devices.send("WebAuthn.addVirtualAuthenticator", new Gson().fromJson(DEVICE, JsonObject.class));
    page.evaluate("async () => {" + script + "}");
    browser.assertNoErrors();
    return said;
  }

  @Test
  void scriptWalksTheWholeApi() throws Exception {
    run("bash", Path.of("docs/api/test_api.sh").toAbsolutePath().toString(), server.url());
  }

  @Test
  void firstStepsOfThePostmanCollectionFillItsVariables() throws Exception {
    new PostmanRunner(PostmanTest.read(), server.url() + "/api/v1").run("First steps");
  }
}
