package chat.parley.auth;

import chat.parley.bus.Addresses;
import chat.parley.bus.Bus;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.UUID;

/** When keys were last used, written down at most once a minute each: a bot may ask all day. */
final class KeyUses {
  private static final int MOST = 10_000;

  private final Cache<UUID, Boolean> noted =
      Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(Duration.ofMinutes(1)).build();
  private final Bus bus;

  KeyUses(Bus bus) {
    this.bus = bus;
  }

  /** Waits for nothing; a note that fails is lost, the next comes in a minute. */
  void note(UUID keyId) {
    if (noted.getIfPresent(keyId) == null) {
      noted.put(keyId, true);
      bus.ask(Addresses.KEYS_USED, keyId);
    }
  }
}
