package chat.parley.model;

import java.util.List;
import java.util.UUID;

/** What is asked of the search among messages. */
public final class Search {
  private Search() {}

  /**
   * Those among the reader's messages in which all of the query holds, newest first.
   *
   * @param roomId the only room to look in; null for all of the reader's
   * @param before a cursor; null for the newest
   */
  public record Find(UUID readerId, SearchQuery query, UUID roomId, String before, int limit) {}

  /**
   * One of them.
   *
   * @param highlights where the words stand in its text: pairs of UTF-16 offsets, ascending
   */
  public record Hit(Message message, List<List<Integer>> highlights) {}
}
