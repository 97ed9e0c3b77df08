package chat.parley.auth;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpareCodesTest {
  private static final UUID OWNER = UUID.randomUUID();

  private final SpareCodes codes = new SpareCodes(new byte[32]);

  @Test
  void setHasTenDifferentCodesOfFourTimesFourSigns() {
    var set = SpareCodes.nextSet();
    assertEquals(10, new HashSet<>(set).size());
    set.forEach(
        code -> assertTrue(code.matches("[0-9a-z]{4}(-[0-9a-z]{4}){3}") && SpareCodes.isOne(code)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10ab-cdef-ghjk-mnpq",
        "10ABCDEFGHJKMNPQ",
        " lo ab cdef ghjk mnpq",
        "IOab-cdefghjkmnpq"
      })
  void handwritingIsForgiven(String typed) {
    assertTrue(SpareCodes.isOne(typed));
    assertArrayEquals(codes.hash("10ab-cdef-ghjk-mnpq", OWNER), codes.hash(typed, OWNER));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "123456",
        "10ab-cdef-ghjk-mnp",
        "10ab-cdef-ghjk-mnpu",
        "10ab-cdef-ghjk-mnpq-0"
      })
  void everythingElseIsNone(String typed) {
    assertFalse(SpareCodes.isOne(typed));
  }

  @Test
  void hashIsTheOwnersAndTheServers() {
    byte[] mine = codes.hash("10ab-cdef-ghjk-mnpq", OWNER);
    assertFalse(Arrays.equals(mine, codes.hash("10ab-cdef-ghjk-mnpq", UUID.randomUUID())));
    byte[] key = new byte[32];
    key[0] = 1;
    assertFalse(Arrays.equals(mine, new SpareCodes(key).hash("10ab-cdef-ghjk-mnpq", OWNER)));
  }
}
