package chat.parley.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PasskeySiteTest {
  @ParameterizedTest
  @CsvSource({
    "https://chat.example, chat.example",
    "https://chat.example:8443, chat.example",
    "http://localhost:8080, localhost",
    "https://localhost, localhost"
  })
  void publicUrlIsTheOnlyOrigin(String publicUrl, String id) {
    PasskeySite site = new PasskeySite(publicUrl);
    assertEquals(id, site.id());
    assertEquals(Optional.of(publicUrl), site.origin("http://localhost:1"));
    assertEquals(Optional.of(publicUrl), site.origin("https://evil.example"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://chat.example",
        "https://192.0.2.1",
        "https://[::1]:8443",
        "http://localhost.example"
      })
  void plainHttpAndAddressesHaveNone(String publicUrl) {
    PasskeySite site = new PasskeySite(publicUrl);
    assertFalse(site.exists());
    assertEquals(Optional.empty(), site.origin(publicUrl));
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://localhost", "http://localhost:8080", "https://localhost:8443"})
  void withoutAPublicUrlItIsThisMachineAtWhateverPort(String asked) {
    assertEquals(Optional.of(asked), new PasskeySite("").origin(asked));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:8080",
        "https://chat.example",
        "http://localhost.evil.example",
        "http://localhost:8080@evil.example",
        "http://null"
      })
  void withoutAPublicUrlNoOtherNameIsBelieved(String asked) {
    assertEquals(Optional.empty(), new PasskeySite("").origin(asked));
  }

  @Test
  void withoutAPublicUrlTheNameIsLocalhost() {
    assertEquals("localhost", new PasskeySite("").id());
  }
}
