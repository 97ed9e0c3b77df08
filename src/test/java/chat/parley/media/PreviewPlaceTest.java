package chat.parley.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PreviewPlaceTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "http://example.org|http://example.org/",
        "HTTPS://Example.ORG:443/A?b#c|https://example.org/A?b",
        "http://example.org:80?q|http://example.org/?q",
        "http://example.org:8080/|http://example.org:8080/",
        "https://münchen.example/straße|https://xn--mnchen-3ya.example/stra%C3%9Fe",
        "http://example.org/a b|http://example.org/a%20b",
        "http://example.org/{x}|http://example.org/%7Bx%7D",
        "http://[::1]:80/|http://[::1]/",
        "http://2130706433/|http://2130706433/"
      })
  void isReadOnceForAll(String link, String address) {
    assertEquals(address, PreviewPlace.of(link).orElseThrow().address());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "http://",
        "ftp://example.org/",
        "file:///etc/passwd",
        "http://user@example.org/",
        "http://user:password@example.org/",
        "http://good.example\\@evil.example/",
        "http://example.org:123456/",
        "http://exa mple.org/",
        "http://exa%6dple.org/",
        "http://[fe80::1%25eth0]/",
        "http://example.org\r\nX: y/",
        "gopher://127.0.0.1/_x"
      })
  void s76_whatCouldBeReadInTwoWaysIsNoPlace(String link) {
    assertTrue(PreviewPlace.of(link).isEmpty(), link);
  }

  @ParameterizedTest
  @CsvSource({
    "/x, http://example.org/x",
    "y?z, http://example.org/a/y?z",
    "//other.example/, http://other.example/",
    "https://other.example, https://other.example/",
    "?q, http://example.org/a/?q"
  })
  void redirectsLeadFromThere(String location, String address) {
    PreviewPlace here = PreviewPlace.of("http://example.org/a/").orElseThrow();
    assertEquals(address, here.to(location).orElseThrow().address());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"file:///etc/passwd", "http://u@example.org", "mailto:a@b.example", "http://"})
  void redirectsLeadNowhereElse(String location) {
    assertTrue(PreviewPlace.of("http://example.org/").orElseThrow().to(location).isEmpty());
  }
}
