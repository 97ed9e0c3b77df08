package chat.parley.model;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * What is asked about accounts, sessions and tokens, first of the auth service, then by it of the
 * database.
 */
public final class Accounts {
  private Accounts() {}

  // Asked of the auth service.

  /** Make an account. */
  public record Register(Registration wish, Device device, String requestId) {}

  /** Sign in, as a program or as the site. */
  public record SignIn(Login login, Device device, String requestId) {}

  /**
   * Change what an account may do, for an administrator; what is null stays.
   *
   * @param disabled true ends its sessions, everywhere
   */
  public record ChangeUser(
      Caller caller, UUID userId, Boolean disabled, Role role, String requestId) {}

  /** Exchange a refresh token for the next pair. */
  public record Refresh(String refreshToken, Device device, String requestId) {
    @Override
    public String toString() {
      return "Refresh[…]";
    }
  }

  /** End a session, its tokens and its sockets. */
  public record EndSession(Actor actor, UUID sessionId) {}

  /** Make a one-use ticket for a socket of this caller's session. */
  public record MakeTicket(Caller caller, String requestId) {}

  /**
   * Prove once more that it is you, before something that keeps the account is changed: by one of
   * three, the others are null.
   *
   * @param current the password
   * @param code of the second factor
   */
  public record Confirm(
      Caller caller, String current, String code, Factors.Signed passkey, String requestId) {
    @Override
    public String toString() {
      return "Confirm[…]";
    }
  }

  /** Change what people see of the caller's account. */
  public record ChangeProfile(Caller caller, ProfileChange wish, String requestId) {}

  /**
   * Delete the caller's account.
   *
   * @param removeMessages whether what they said goes with them
   */
  public record Depart(Caller caller, boolean removeMessages, String requestId) {}

  // Asked of the database by the auth service. Hashes are SHA-256 of the token.

  /**
   * A new account, names already folded, password already hashed.
   *
   * @param entry by what right
   * @param actor nobody yet, from somewhere
   * @param emailLink for the letter that proves the address; null without one
   */
  public record NewAccount(
      UUID id,
      String username,
      String usernameKey,
      String displayName,
      String displayKey,
      String email,
      String emailKey,
      String passwordHash,
      AccountInvites.Entry entry,
      Actor actor,
      Recovery.NewLink emailLink) {
    @Override
    public String toString() {
      return "NewAccount[" + username + "]";
    }
  }

  /**
   * An account with what proves its password.
   *
   * @param passwordHash null for somebody who signs in elsewhere
   */
  public record WithPassword(User user, String passwordHash, boolean disabled) {
    @Override
    public String toString() {
      return "WithPassword[" + user.username() + "]";
    }
  }

  /**
   * A changed profile, names already folded: null leaves as it is, and empty clears time zone and
   * status.
   */
  public record NewProfile(
      Actor actor,
      String username,
      String usernameKey,
      String displayName,
      String displayKey,
      String timeZone,
      String statusText) {}

  /** Wipe the actor's account and begin to take it out of its rooms. */
  public record Departure(Actor actor, boolean removeMessages) {}

  /**
   * A new session.
   *
   * @param cookieHash for the site's session, else null
   * @param refreshHash for a program's session, else null
   * @param provedHash the password hash by which it was proved whose it is, which must still be the
   *     account's; null when that was proved otherwise
   * @param by what let them in, for the audit log; null when it is no sign-in
   * @param idleLife after how long without use it ends; null for never
   */
  public record NewSession(
      UUID id,
      UUID userId,
      byte[] cookieHash,
      byte[] refreshHash,
      Device device,
      Instant expiresAt,
      Duration idleLife,
      String provedHash,
      String by,
      String requestId) {}

  /** This session has proved again whose it is. */
  public record SessionConfirmed(Actor actor, UUID sessionId) {}

  /** Whether a session has proved whose it is within this time, by the database's clock. */
  public record ConfirmedWithin(UUID sessionId, Duration ago) {}

  /**
   * End all sessions of an account.
   *
   * @param exceptId the one that stays, and the account's keys with it; null for none
   */
  public record EndSessions(Actor actor, UUID userId, UUID exceptId) {}

  /** The living sessions of a person, as one of them sees them. */
  public record ListSessions(UUID userId, UUID currentId) {}

  /** What became of an account, and the sessions that ended with it. */
  public record Changed(ManagedUser user, List<UUID> endedSessions) {}

  /**
   * A session that lives, with its account.
   *
   * @param scopes what it is good for: everything, unless it is a key
   */
  public record LiveSession(UUID id, User user, Instant expiresAt, Set<Scope> scopes) {
    /** Of somebody who signed in. */
    public LiveSession(UUID id, User user, Instant expiresAt) {
      this(id, user, expiresAt, Scope.ALL);
    }
  }

  /** Spend one refresh token and store the next in the same transaction. */
  public record RotateRefresh(byte[] spentHash, byte[] nextHash, Device device, String requestId) {}

  /**
   * What became of a refresh token.
   *
   * @param session the session it renews; null when the token is unknown, spent or its session is
   *     over
   * @param endedSession the session that a second use has just ended; null otherwise
   */
  public record Rotated(LiveSession session, UUID endedSession) {}

  /** A new ticket of a session. */
  public record NewTicket(byte[] hash, UUID sessionId, Instant expiresAt, String requestId) {}

  /**
   * Sessions that ended within this time before now, by the database's clock: the nodes' clocks may
   * differ.
   */
  public record EndedSince(Duration ago) {}

  /**
   * Somebody is called otherwise, may do more or less, or looks different: what is remembered of
   * them is to be read anew.
   */
  public record AccountChanged(UUID userId) {}

  /** Sessions that are over: nothing signed by them counts any more. */
  public record SessionsEnded(List<UUID> sessionIds) {}
}
