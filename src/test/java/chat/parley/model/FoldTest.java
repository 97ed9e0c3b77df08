package chat.parley.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FoldTest {
  @ParameterizedTest
  @CsvSource({
    "Alice,ALICE",
    "ß,SS",
    "ß,ẞ",
    "Å,A\u030A",
    "ﬁn,FIN",
    "Ａｌｉｃｅ,alice",
    "ΟΔΟΣ,οδος",
    "ΟΔΟΣ,οδοσ",
    "ǅ,ǆ",
    "K,k",
    "𝐀lice,alice"
  })
  void namesThatReadTheSameHaveOneKey(String one, String other) {
    assertEquals(Fold.key(one), Fold.key(other));
  }

  @Test
  void namesThatReadDifferentlyHaveTwo() {
    assertNotEquals(Fold.key("o"), Fold.key("ö"));
    assertNotEquals(Fold.key("a"), Fold.key("а"));
  }

  /** Else a search by a key's beginning would miss the name it begins. */
  @Test
  void keyOfABeginningBeginsTheKey() {
    assertEquals(Fold.key("ΟΔΟΣ") + "α", Fold.key("ΟΔΟΣΑ"));
  }

  @Test
  void keyOfAKeyIsItself() {
    for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
      String key = Fold.key(Character.toString(c));
      assertEquals(key, Fold.key(key), Integer.toHexString(c));
    }
  }
}
