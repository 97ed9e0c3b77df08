package chat.parley.persistence;

import chat.parley.model.RoomBatch;
import chat.parley.model.UserNotice;
import java.util.List;

/** What a committed change answers, and what there is to announce about it. */
record Outcome<R>(R answer, List<RoomBatch> batches, List<UserNotice> notices) {
  /** An answer that changed nothing. */
  static <R> Outcome<R> silent(R answer) {
    return new Outcome<>(answer, List.of(), List.of());
  }
}
