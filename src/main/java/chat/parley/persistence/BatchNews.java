package chat.parley.persistence;

import chat.parley.model.Event;
import chat.parley.model.Message;
import chat.parley.model.Previews;
import chat.parley.model.RoomBatch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What a commit of the writer has changed, room by room, for everybody to hear. */
final class BatchNews {
  private final Map<UUID, List<Message>> byRoom = new LinkedHashMap<>();
  private List<Previews.Said> linking = List.of();
  int stored;
  int known;

  private BatchNews() {}

  /** In a batch that is run again, what had been stored before was never announced. */
  static BatchNews of(Batch batch, Commit.Done done) {
    BatchNews news = new BatchNews();
    for (Commit.Result result : done.results()) {
      boolean isKnown = result.status() == Commit.Result.Status.KNOWN;
      if (result.status() == Commit.Result.Status.STORED || batch.again && isKnown) {
        news.add(result.message());
        news.look(result.message());
        news.stored++;
      } else if (isKnown) {
        news.known++;
      }
    }
    done.roots().forEach(news::addIfGrown);
    return news;
  }

  private void add(Message message) {
    byRoom.computeIfAbsent(message.roomId(), room -> new ArrayList<>()).add(message);
  }

  private void look(Message message) {
    if (Previews.Said.isWorthwhile(message.text())) {
      linking = linking.isEmpty() ? new ArrayList<>() : linking;
      linking.add(
          new Previews.Said(
              message.roomId(), message.seq(), message.sender().id(), message.text()));
    }
  }

  /** Messages in which there may be a link. */
  List<Previews.Said> linking() {
    return linking;
  }

  private void addIfGrown(Message root) {
    boolean grown =
        byRoom.getOrDefault(root.roomId(), List.of()).stream()
            .anyMatch(message -> Long.valueOf(root.seq()).equals(message.threadOf()));
    if (grown) {
      add(root);
    }
  }

  /**
   * @param now {@link System#nanoTime()} when the commit was known
   */
  List<RoomBatch> batches(long now) {
    List<RoomBatch> batches = new ArrayList<>(byRoom.size());
    byRoom.forEach(
        (roomId, messages) -> {
          messages.sort(Comparator.comparingLong(Message::version));
          batches.add(new RoomBatch(roomId, messages.stream().map(BatchNews::entry).toList(), now));
        });
    return batches;
  }

  private static RoomBatch.Entry entry(Message message) {
    return RoomBatch.entry(new Event.MessageChanged(message.roomId(), message.version(), message));
  }
}
