package chat.parley.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * What kind of thing an operation does, and what somebody may do. A person who signed in may do
 * every kind, a key only those it was made for. None implies another.
 */
public enum Scope {
  /** Reading, and hearing rooms. */
  @JsonProperty("read")
  READ,
  /** Changing rooms and what is said there. */
  @JsonProperty("write")
  WRITE,
  /** Running the server; the account has to be an administrator's as well. */
  @JsonProperty("admin")
  ADMIN,
  /** What keeps the account: proofs, sessions, keys. Of people only, never of a key. */
  @JsonProperty("account")
  ACCOUNT;

  /** What somebody may do who signed in. */
  public static final Set<Scope> ALL = Collections.unmodifiableSet(EnumSet.allOf(Scope.class));
}
