package chat.parley.persistence;

import chat.parley.model.RoomNews;
import chat.parley.model.UserNotice;
import java.util.List;

/** What a committed change answers, and what there is to announce about it, to rooms and people. */
record Outcome<R>(R answer, List<? extends RoomNews> batches, List<UserNotice> notices) {
  /** An answer that changed nothing. */
  static <R> Outcome<R> silent(R answer) {
    return new Outcome<>(answer, List.of(), List.of());
  }
}
