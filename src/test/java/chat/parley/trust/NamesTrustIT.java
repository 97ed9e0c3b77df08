package chat.parley.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.testing.RawHttp.Reply;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names that pass for another's, or spoil the lines around them (S68). */
class NamesTrustIT {
  @RegisterExtension static final Target target = new Target();

  private int tries;

  private Reply register(String username, String displayName) {
    tries++;
    From from = new From("127.68." + tries / 250 + "." + (1 + tries % 250), target.port());
    return from.post(
        "/auth/register",
        new JsonObject()
            .put("username", username)
            .put("displayName", displayName == null ? username : displayName)
            .put("password", "a horse that nobody rides"));
  }

  /** Letters that have twins in other scripts, and digits that make it somebody new. */
  private static String somebody(String name) {
    return ThreadLocalRandom.current()
        .ints(9, '2', '9' + 1)
        .mapToObj(Character::toString)
        .collect(Collectors.joining("", name, ""));
  }

  private static void assertTaken(Reply reply) {
    assertEquals(409, reply.status(), reply.text());
    assertTrue(reply.text().contains("/username"), reply.text());
  }

  private static void assertWrong(Reply reply, String pointer) {
    assertEquals(400, reply.status(), reply.text());
    assertTrue(reply.text().contains(pointer), reply.text());
  }

  @Test
  void s68_aNameOfAnotherScriptThatLooksTheSameIsTaken() {
    target.assumeLocal();
    String latin = somebody("paypa");
    assertEquals(201, register(latin, null).status());
    assertTaken(register(latin.replace("paypa", "раура"), null)); // Cyrillic throughout
    String cyrillic = somebody("ѕсоре");
    assertEquals(201, register(cyrillic, null).status());
    assertTaken(register(cyrillic.replace("ѕсоре", "scope"), null));
  }

  @Test
  void s68_aNameInTheSameScriptThatLooksTheSameIsTaken() {
    target.assumeLocal();
    String name = somebody("alima");
    assertEquals(201, register(name, null).status());
    assertTaken(register(name.replace("alima", "aIima"), null));
    assertTaken(register(name.replace("alima", "a1ima"), null));
    assertTaken(register(name.replace("alima", "alirna"), null));
  }

  @Test
  void s68_aTwinInCaseOrWidthIsTaken() {
    target.assumeLocal();
    String name = somebody("anna");
    assertEquals(201, register(name, null).status());
    assertTaken(register(name.replace("anna", "ANNA"), null));
    assertTaken(register(name.replace("anna", "ａｎｎａ"), null));
    assertTaken(register(name.replace("anna", "𝐚𝐧𝐧𝐚"), null));
  }

  @Test
  void s68_oneForeignLetterAmongOthersIsRefused() {
    target.assumeLocal();
    assertWrong(register(somebody("аnna"), null), "/username"); // the first is Cyrillic
  }

  static String[] spoilers() {
    return new String[] {
      "an\u202Ena",
      "an\u2066na",
      "an\u200Bna",
      "an\u200Dna",
      "an\u00ADna",
      "an\uFEFFna",
      "an\u115Fna",
      "an\u0000na",
      "an na",
      " anna",
      "anna ",
      "an\nna",
      "a" + "\u0301".repeat(8)
    };
  }

  @ParameterizedTest
  @MethodSource("spoilers")
  void s68_userNamesHoldNothingThatCannotBeSeen(String name) {
    target.assumeLocal();
    assertWrong(register(name + "234567", null), "");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "An\u202Ena",
        "An\u2066na\u2069",
        "An\u2028na",
        "An\u0007na",
        "An\uFEFFna",
        "\u200B\u200B",
        "\u3164",
        "\u2800",
        "a\u0301\u0301\u0301\u0301\u0301\u0301"
      })
  void s68_displayNamesHoldNothingThatSpoilsALine(String name) {
    target.assumeLocal();
    assertWrong(register(somebody("anna"), name), "/displayName");
  }

  @Test
  void s68_tenThousandMarksAreRefused() {
    target.assumeLocal();
    String marks = "a" + "\u0301".repeat(10_000);
    assertWrong(register(marks, null), "/username");
    assertWrong(register(somebody("anna"), marks), "/displayName");
  }

  @Test
  void s68_spacesAroundADisplayNameGo() {
    target.assumeLocal();
    Reply reply = register(somebody("anna"), "\u00A0 Anna \u3000 ");
    String shown = new JsonObject(reply.text()).getJsonObject("user").getString("displayName");
    assertEquals("Anna", shown.replace('\u00A0', ' ').strip());
  }
}
