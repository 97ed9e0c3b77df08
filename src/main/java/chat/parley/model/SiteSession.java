package chat.parley.model;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * A signed-in browser.
 *
 * @param cookie the cookie's value; only in the answer to signing in, and never in a body
 */
public record SiteSession(
    User user, String csrfToken, @JsonIgnore String cookie, @JsonIgnore long maxAgeSeconds) {
  @Override
  public String toString() {
    return "SiteSession[" + (user == null ? "none" : user.username()) + "]";
  }
}
