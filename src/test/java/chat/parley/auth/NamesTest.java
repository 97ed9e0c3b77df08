package chat.parley.auth;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import chat.parley.bus.Failure;
import chat.parley.model.Registration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {
  private static final String PASSWORD = "correct horse battery";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "al",
        "alice",
        "Åsa",
        "_bob_",
        "a.b-c",
        "0x",
        "Ελένη",
        "Алёна",
        "田中さん",
        "Kim김",
        "नमस्ते",
        "สมชาย",
        "محمد",
        "Nguyễn",
        "abcdefghijklmnopqrstuvwxyz012345"
      })
  void namesOfAllPeopleAreTaken(String username) {
    assertDoesNotThrow(() -> read(username, null, null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "..",
        "-_-",
        "a b",
        " alice",
        "alice ",
        "a\u00A0b",
        "al\u0000ice",
        "al\nice",
        "a@b",
        "a/b",
        "al\u202Eice",
        "al\u200Bice",
        "al\u200Dice",
        "al\u2060ice",
        "al\uFEFFice",
        "al\u3164ice",
        "\u115F\u115F",
        "al\uFE0Fice",
        "al\u034Fice",
        "аlice",
        "alicе",
        "\uD800\uD800",
        "e\u0301\u0302\u0303\u0304\u0305\u0306x",
        "😀😀",
        "abcdefghijklmnopqrstuvwxyz0123456"
      })
  void namesThatDeceiveOrBreakAreRefused(String username) {
    assertEquals(List.of("/username"), wrong(username, null, null));
  }

  @Test
  void compatibleLettersAreStoredPlain() {
    assertEquals("alice", read("ａｌｉｃｅ", null, null).username());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Alice",
        "  Alice  ",
        "Dr. Alice O'Hara (she)",
        "👩‍👩‍👧 family",
        "می‌خواهم",
        "x"
      })
  void anyNameThatCanBeReadIsShown(String displayName) {
    assertEquals(displayName.strip(), read("alice", displayName, null).displayName());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\u0000b",
        "a\nb",
        "a\u2028b",
        "\u202Eevil",
        "a\u2066b",
        "\u200D",
        "\u3164",
        "\uD83D",
        "a\u200Bb",
        "\uE000",
        "a\u0301\u0302\u0303\u0304\u0305\u0306"
      })
  void displayNamesThatDeceiveOrBreakAreRefused(String displayName) {
    assertEquals(List.of("/displayName"), wrong("alice", displayName, null));
  }

  @Test
  void displayNameHasAtMost64CodePoints() {
    assertDoesNotThrow(() -> read("alice", "😀".repeat(64), null));
    assertEquals(List.of("/displayName"), wrong("alice", "😀".repeat(65), null));
  }

  @Test
  void withoutDisplayNameTheUserNameIsShown() {
    assertEquals("Alice", read("Alice", null, null).displayName());
    assertEquals("Alice", read("Alice", "  ", null).displayName());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a@b",
        "a.b+c@example.org",
        "ünal@müller.example",
        "o'hara@example.org",
        " a@b.c "
      })
  void addressesAreTaken(String email) {
    assertEquals(email.strip(), read("alice", null, email).email());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "@b",
        "a@",
        "a@@b",
        "a@b@c",
        "a b@c",
        "a@b,c@d",
        "a@b;c@d",
        "<a@b>",
        "a@b\r\nBcc: c@d",
        "a@b..c",
        "a@.b",
        "a@b.",
        "\"a\"@b",
        "a\u0000@b",
        "a@[127.0.0.1]",
        "a\u202E@b"
      })
  void whatIsNoOneAddressIsRefused(String email) {
    assertEquals(List.of("/email"), wrong("alice", null, email));
  }

  @Test
  void noAddressIsNone() {
    assertNull(read("alice", null, null).emailKey());
    assertNull(read("alice", null, " ").email());
  }

  private static Names read(String username, String displayName, String email) {
    Wrong wrong = new Wrong();
    Names names = Names.of(new Registration(username, PASSWORD, email, displayName), wrong);
    wrong.refuse();
    return names;
  }

  private static List<String> wrong(String username, String displayName, String email) {
    Failure refused = assertThrows(Failure.class, () -> read(username, displayName, email));
    return refused.fields().stream().map(Failure.Field::pointer).toList();
  }
}
