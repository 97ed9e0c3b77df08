package chat.parley.http;

/** What a browser finds of the API. */
public enum ApiPages {
  /** Nothing, not even the contract. */
  OFF,
  /** Its description, and where to try it. */
  ON,
  /** At the path of each read also a page to try it on; for development. */
  TRY
}
