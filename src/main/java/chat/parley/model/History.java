package chat.parley.model;

import java.util.List;

/**
 * A page of a room's messages, ascending, with the room's head in the same snapshot.
 *
 * @param next the seq to go on from in the same direction; null at the end
 * @param lines what the timeline says of the room in this stretch of it; null in a thread
 */
public record History(List<Message> items, Long next, Head head, List<Line> lines) {
  public History(List<Message> items, Long next, Head head) {
    this(items, next, head, null);
  }

  public History with(List<Line> ofThisStretch) {
    return new History(items, next, head, ofThisStretch);
  }
}
