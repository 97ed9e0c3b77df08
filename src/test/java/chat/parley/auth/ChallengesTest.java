package chat.parley.auth;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import chat.parley.auth.Challenges.Challenge;
import chat.parley.testing.TestClock;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChallengesTest {
  private final TestClock clock = new TestClock();
  private final Challenges challenges = new Challenges(new byte[32], clock);

  @Test
  void everyNodeThatSharesTheSecretMakesTheSameOfAnId() {
    Challenge given = challenges.next("a purpose");
    Challenge found =
        new Challenges(new byte[32], clock).find("a purpose", given.id()).orElseThrow();
    assertArrayEquals(given.bytes(), found.bytes());
    assertEquals(32, given.bytes().length);
  }

  @Test
  void anotherPurposeOrSecretMakesAnother() {
    Challenge given = challenges.next("a purpose");
    Challenge other = challenges.find("another", given.id()).orElseThrow();
    assertNotEquals(given.text(), other.text());
    byte[] secret = new byte[32];
    secret[0] = 1;
    Challenge elsewhere = new Challenges(secret, clock).find("a purpose", given.id()).orElseThrow();
    assertNotEquals(given.text(), elsewhere.text());
    assertNotEquals(given.text(), challenges.next("a purpose").text());
  }

  @Test
  void itEndsAfterFiveMinutes() {
    Challenge given = challenges.next("a purpose");
    clock.advance(Duration.ofSeconds(295));
    assertFalse(challenges.find("a purpose", given.id()).isEmpty());
    clock.advance(Duration.ofSeconds(6));
    assertEquals(Optional.empty(), challenges.find("a purpose", given.id()));
  }

  @Test
  void whatIsNoIdIsNone() {
    for (String id : new String[] {"", "x", "AAAA", "%%%", "A".repeat(64)}) {
      assertEquals(Optional.empty(), challenges.find("a purpose", id));
    }
  }
}
