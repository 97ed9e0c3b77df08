package chat.parley.http;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UriGuardTest {
  @ParameterizedTest
  @ValueSource(strings = {"/", "/a?q=b+c", "/a%20b", "/%e4%b8%ad?q=%F0%9F%98%80", "/100%25"})
  void cleanAddressesPass(String uri) {
    assertNull(UriGuard.problem(uri));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/%",
        "/%2",
        "/%zz",
        "/?q=%4",
        "/%00",
        "/?q=a%0d%0ab",
        "/%7f",
        "/%ff",
        "/?q=%c0%80",
        "/?q=%ED%A0%80",
        "/ä"
      })
  void othersAreRefused(String uri) {
    assertNotNull(UriGuard.problem(uri));
  }

  @Test
  void floodOfParametersIsRefused() {
    assertNull(UriGuard.problem("/?" + "a=1&".repeat(99)));
    assertNotNull(UriGuard.problem("/?" + "a=1&".repeat(100)));
  }
}
