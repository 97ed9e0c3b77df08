package chat.parley.model;

import java.time.Instant;
import java.util.UUID;

/** What is asked about who may make an account, and about links that let people make one. */
public final class AccountInvites {
  private AccountInvites() {}

  /** How long a link lives unless somebody says otherwise, in hours. */
  public static final int DEFAULT_HOURS = 168;

  /** What is null is as usual: for people, one use, a week. */
  public record Wish(Role role, Integer maxUses, Integer expiresInHours, String note) {
    public Role roleOrUser() {
      return role == null ? Role.USER : role;
    }

    public int maxUsesOrOne() {
      return maxUses == null ? 1 : maxUses;
    }

    public int hoursOrWeek() {
      return expiresInHours == null ? DEFAULT_HOURS : expiresInHours;
    }
  }

  /**
   * Make a link, for an administrator.
   *
   * @param place what its token is to be set behind
   */
  public record Make(Caller caller, Wish wish, String place, String requestId) {}

  /** The same with the hash of its token, to be stored. */
  public record Row(UUID id, byte[] hash, Wish wish, Actor actor) {}

  /** End a link, for an administrator. */
  public record Revoke(Caller caller, UUID id, String requestId) {}

  /** The same, to be stored. */
  public record End(Actor actor, UUID id) {}

  /** A page of links, the newest first; {@code before} may be null. */
  public record ListOf(UUID before, int limit) {}

  /** Say who may make an account, for an administrator. */
  public record SetMode(Caller caller, RegistrationMode mode, String requestId) {}

  /** The same, to be stored. */
  public record NewMode(Actor actor, RegistrationMode mode) {}

  /**
   * By what right somebody wants an account.
   *
   * @param fixed who may make one as the start said; null when it did not
   * @param invite the hash of a link's token; null for none
   * @param vouched whether it does not matter: somebody who is trusted sends them
   */
  public record Entry(RegistrationMode fixed, byte[] invite, boolean vouched) {
    /** Whoever comes by themselves. */
    public static Entry by(RegistrationMode fixed) {
      return new Entry(fixed, null, false);
    }

    /** Who is sent by somebody who is trusted. */
    public static Entry ofVouched() {
      return new Entry(null, null, true);
    }
  }

  /**
   * Who may make an account now.
   *
   * @param fixed whether the start said so, and nobody can change it while the server runs
   * @param first whether the next to come is the administrator, whatever the mode
   */
  public record State(RegistrationMode mode, boolean fixed, boolean first) {}

  /** What a link offers to who holds it. */
  public record Offer(Role role, Instant expiresAt) {}
}
