package chat.parley.persistence;

import chat.parley.model.Previews;
import chat.parley.model.RoomNews;
import chat.parley.model.UserNotice;
import java.util.List;

/**
 * What a committed change answers, and what there is to announce about it: to rooms, to people, and
 * on this node to whoever looks at links.
 */
record Outcome<R>(
    R answer,
    List<? extends RoomNews> batches,
    List<UserNotice> notices,
    List<Previews.Said> linking) {
  Outcome(R answer, List<? extends RoomNews> batches, List<UserNotice> notices) {
    this(answer, batches, notices, List.of());
  }

  /** An answer that changed nothing. */
  static <R> Outcome<R> silent(R answer) {
    return new Outcome<>(answer, List.of(), List.of());
  }
}
