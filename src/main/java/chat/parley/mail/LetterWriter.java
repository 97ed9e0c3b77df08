package chat.parley.mail;

/** Finds the words of one kind of letter. */
interface LetterWriter {
  /**
   * @param token what the letter's link carries; null when it has none
   */
  Words write(Site site, String token);
}
