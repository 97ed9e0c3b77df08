package chat.parley.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A page of a room's messages, ascending, with the room's head in the same snapshot.
 *
 * @param next the seq to go on from in the same direction; null at the end
 * @param newer of a page around a seq: the seq to go on from towards the newest; null at that end
 * @param mine by seq, with which the reader has reacted; only messages where they have
 * @param lines what the timeline says of the room in this stretch of it; null in a thread
 */
public record History(
    List<Message> items,
    Long next,
    Long newer,
    Map<Long, List<String>> mine,
    Head head,
    List<Line> lines) {
  /** A page that was read in one direction. */
  public History(List<Message> items, Long next, Map<Long, List<String>> mine, Head head) {
    this(items, next, null, mine, head, null);
  }

  public History with(List<Line> ofThisStretch) {
    return new History(items, next, newer, mine, head, ofThisStretch);
  }

  /** A page read forwards from the very first message on, as one around it. */
  public History fromTheBeginning() {
    return new History(items, null, next, mine, head, lines);
  }

  /** This page, read backwards, and the one after it, read forwards, as one. */
  public History followedBy(History newer) {
    List<Message> all = new ArrayList<>(items);
    all.addAll(newer.items);
    Map<Long, List<String>> own = new HashMap<>(mine);
    own.putAll(newer.mine);
    Head older = head.version() < newer.head.version() ? head : newer.head;
    List<Line> both = new ArrayList<>(lines);
    both.addAll(newer.lines);
    return new History(all, next, newer.next, own, older, both);
  }
}
