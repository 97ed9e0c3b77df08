package chat.parley.mail;

import java.util.List;

/**
 * What a letter says, before it is laid out: plain words, escaped for nothing.
 *
 * @param before paragraphs
 * @param link what it is all about; null when there is nothing to open
 * @param after paragraphs below the link
 */
record Words(String subject, List<String> before, Link link, List<String> after) {
  /** Something to open, and what the button says. */
  record Link(String address, String says) {}
}
