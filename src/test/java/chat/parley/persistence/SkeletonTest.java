package chat.parley.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;
import com.ibm.icu.text.SpoofChecker;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SkeletonTest {
  private static final SpoofChecker ICU = new SpoofChecker.Builder().build();

  /** Both know it: Java and ICU follow different versions of Unicode. */
  private static boolean isKnown(int c) {
    return Character.isDefined(c)
        && UCharacter.isDefined(c)
        && !(c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)
        && !UCharacter.hasBinaryProperty(c, UProperty.DEFAULT_IGNORABLE_CODE_POINT);
  }

  @Test
  void everyCharacterLooksAsIcuSaysItDoes() {
    IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
        .filter(SkeletonTest::isKnown)
        .mapToObj(Character::toString)
        .forEach(text -> assertEquals(ICU.getSkeleton(text), Skeleton.looks(text), text));
  }

  @Test
  void everyTextLooksAsIcuSaysItDoes() {
    Random random = new Random(39);
    int[] letters = IntStream.rangeClosed(0x20, 0x2fff).filter(SkeletonTest::isKnown).toArray();
    for (int round = 0; round < 20_000; round++) {
      String text =
          IntStream.range(0, 12)
              .mapToObj(i -> Character.toString(letters[random.nextInt(letters.length)]))
              .collect(Collectors.joining());
      assertEquals(ICU.getSkeleton(text), Skeleton.looks(text), text);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "paypa, раура", // all Cyrillic
    "alice, aIice", // a great I for the l
    "mona, rnona",
    "anna1, annal",
    "bob, b0b",
    "scope, ѕсоре",
    "ANNA, anna"
  })
  void namesThatLookAlikeMeet(String one, String other) {
    assertEquals(Skeleton.of(one), Skeleton.of(other));
  }

  @ParameterizedTest
  @CsvSource({"anna, hanna", "alice, alíce", "olga, ольга", "user1, user2", "jan, jän"})
  void namesThatDifferStayApart(String one, String other) {
    assertNotEquals(Skeleton.of(one), Skeleton.of(other));
  }
}
