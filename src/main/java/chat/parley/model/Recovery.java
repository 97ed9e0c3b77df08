package chat.parley.model;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * What is asked about passwords that were forgotten or changed and about addresses, first of the
 * auth service, then by it of the database.
 */
public final class Recovery {
  private Recovery() {}

  // Asked of the auth service.

  /** Send a link to a new password to this address, if somebody here has it. */
  public record AskReset(String email, Actor actor) {}

  /** Set the password of whoever was sent this token. */
  public record Reset(String token, String password, Actor actor) {
    @Override
    public String toString() {
      return "Reset[…]";
    }
  }

  /**
   * Change the caller's password, end all their sessions and open a new one.
   *
   * @param current may be null when the account has none
   */
  public record ChangePassword(
      Caller caller, String current, String password, Device device, String requestId) {
    @Override
    public String toString() {
      return "ChangePassword[" + caller + "]";
    }
  }

  /**
   * Make this address the caller's once they have proved that it is theirs.
   *
   * @param current the password; may be null when the account has none
   */
  public record ChangeEmail(Caller caller, String current, String email, String requestId) {
    @Override
    public String toString() {
      return "ChangeEmail[" + caller + "]";
    }
  }

  /** The token of a letter, as proof that its address is one's own. */
  public record ConfirmEmail(String token, Actor actor) {
    @Override
    public String toString() {
      return "ConfirmEmail[…]";
    }
  }

  /** Send the letter that proves the caller's address once more. */
  public record VerifyEmail(Caller caller, String requestId) {}

  // Asked of the database by the auth service.

  /** What a link opens. */
  public enum Purpose {
    PASSWORD,
    EMAIL
  }

  /**
   * A link that a letter will carry.
   *
   * @param id from which its token is derived
   * @param hash SHA-256 of the token
   */
  public record NewLink(UUID id, byte[] hash) {}

  /** Send a link to a new password to the account with this address, if there is one. */
  public record NewReset(String emailKey, NewLink link, Actor actor) {}

  /** Whose link this is, as long as it may be used. */
  public record FindLink(Purpose purpose, byte[] hash) {}

  /** Set a password by a link, which is used up by it. */
  public record ResetPassword(byte[] linkHash, String passwordHash, Actor actor) {
    @Override
    public String toString() {
      return "ResetPassword[…]";
    }
  }

  /** Set the actor's own password. */
  public record SetPassword(Actor actor, String passwordHash) {
    @Override
    public String toString() {
      return "SetPassword[" + actor + "]";
    }
  }

  /** Send the actor a link to prove this address with, folded to its key. */
  public record NewEmail(Actor actor, String email, String emailKey, NewLink link) {}

  /** Send the actor a link to prove the address with that still lacks a proof. */
  public record ProveEmail(Actor actor, NewLink link) {}

  /** Take a link as proof of its address. */
  public record ProvedEmail(byte[] linkHash, Actor actor) {}

  // Asked of the database by the mail service.

  /**
   * A letter whose turn has come.
   *
   * @param username what to call the recipient; null unless they have proved the address to be
   *     theirs, since strangers are told nothing that somebody else could choose
   * @param reference what its link is made of; null when it has none
   * @param attempts how often it was tried, this time included
   */
  public record Letter(
      UUID id,
      LetterKind kind,
      String recipient,
      String username,
      UUID reference,
      Instant createdAt,
      int attempts) {}

  /** Take at most so many letters whose turn has come; until it is over nobody else gets them. */
  public record ClaimLetters(int most) {}

  /** These are still being sent: keep them from others a while longer. */
  public record HoldLetters(List<UUID> ids) {}

  /** A letter could not be sent, for a reason that the operator may read. */
  public record LetterFailed(UUID id, String error) {}
}
