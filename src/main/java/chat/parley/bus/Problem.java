package chat.parley.bus;

import java.util.List;

/**
 * Everything that can go wrong, once: what a caller is told over REST (RFC 9457), on a socket and
 * on the bus. {@code retryable} says that the same request, sent again unchanged, may succeed.
 */
public enum Problem {
  MALFORMED(400, "malformed", "The request cannot be read", false),
  INVALID(400, "invalid", "The request is not valid", false),
  LINK_INVALID(400, "link-invalid", "This link is used up, too old or wrong", false),
  UNAUTHENTICATED(401, "unauthenticated", "Sign in first", false),
  BAD_CREDENTIALS(401, "bad-credentials", "The name or the password is wrong", false),
  SECOND_FACTOR_REQUIRED(
      401, "second-factor-required", "A code of the second factor is needed as well", false),
  FORBIDDEN(403, "forbidden", "You may not do this", false),
  CROSS_SITE(
      403, "cross-site", "The request came from another site or lacks its CSRF token", false),
  CONFIRM_FIRST(403, "confirm-first", "Prove once more that it is you", false),
  SCOPE_MISSING(403, "scope-missing", "This key may not do that", false),
  REGISTRATION_CLOSED(403, "registration-closed", "This server takes no new accounts", false),
  INVITATION_NEEDED(
      403, "invitation-needed", "This server takes new accounts by invitation only", false),
  NOT_FOUND(404, "not-found", "There is nothing here", false),
  METHOD_NOT_ALLOWED(405, "method-not-allowed", "This method is not offered here", false),
  TIMED_OUT(408, "timed-out", "The request took too long to arrive", true),
  CONFLICT(409, "conflict", "This does not fit the present state", false),
  NAME_TAKEN(409, "name-taken", "This name is taken", false),
  ID_REUSED(409, "id-reused", "This client id was used for another message", false),
  TOO_LARGE(413, "too-large", "The request is too large", false),
  QUOTA_SPENT(413, "quota-spent", "You have no room for more files", false),
  URI_TOO_LONG(414, "uri-too-long", "The address is too long", false),
  UNSUPPORTED_TYPE(415, "unsupported-type", "This content type is not taken here", false),
  RANGE_UNKNOWN(416, "range-unknown", "The file has no such part", false),
  PICTURE_UNREADABLE(422, "picture-unreadable", "This picture cannot be read", false),
  TOO_MANY_REQUESTS(429, "too-many-requests", "Too many requests", true),
  HEADERS_TOO_LARGE(431, "headers-too-large", "The request's headers are too large", false),
  INTERNAL(500, "internal", "Something went wrong on our side", true),
  UNAVAILABLE(503, "unavailable", "The server cannot do this right now", true),
  STORAGE_FULL(507, "storage-full", "The server has no room for files", true);

  private final int status;
  private final String slug;
  private final String title;
  private final boolean retryable;

  Problem(int status, String slug, String title, boolean retryable) {
    this.status = status;
    this.slug = slug;
    this.title = title;
    this.retryable = retryable;
  }

  public int status() {
    return status;
  }

  /** The last part of the problem's {@code type} URI. */
  public String slug() {
    return slug;
  }

  public String title() {
    return title;
  }

  public boolean retryable() {
    return retryable;
  }

  /** This problem with nothing more to say than its title. */
  public Failure failure() {
    return new Failure(this, null, List.of(), 0);
  }

  /** This problem, with one sentence for the person who asked. */
  public Failure because(String detail) {
    return new Failure(this, detail, List.of(), 0);
  }

  /**
   * This problem in one field; {@code pointer} is a JSON pointer into the body or a parameter's
   * name.
   */
  public Failure at(String pointer, String detail) {
    return new Failure(this, null, List.of(new Failure.Field(pointer, detail)), 0);
  }

  /** This problem, and when to come back. */
  public Failure retryAfter(int seconds, String detail) {
    return new Failure(this, detail, List.of(), seconds);
  }
}
