package chat.parley.auth;

import chat.parley.model.User;

/**
 * Somebody who has proved who they are.
 *
 * @param passwordHash what their password was compared with, for a session is opened by it only
 *     while it still is theirs; null when they proved it otherwise
 * @param by what proved it, for the audit log; null when a session is opened for another reason
 */
record Proved(User user, String passwordHash, String by) {
  @Override
  public String toString() {
    return "Proved[" + user.username() + "]";
  }
}
