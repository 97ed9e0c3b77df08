package chat.parley.persistence;

import chat.parley.bus.Failure;
import chat.parley.bus.Problem;
import chat.parley.model.Attachment;
import chat.parley.model.Message;
import chat.parley.model.Messages;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/**
 * Repeats what was said in one room in another, for somebody who may read there and post here.
 * Whose words they were first is kept, and told to everybody; where, only to those who may see them
 * there.
 */
final class ForwardStore {
  static final String SOURCE =
      """
      select m.seq, m.body, m.sender_id, m.sent_at, m.deleted_at, m.attachments,
        m.forwarded_room, m.forwarded_seq, m.forwarded_sender, m.forwarded_at
      from members me
      join room_heads h on h.room_id = me.room_id
      left join messages m on m.room_key = h.room_key and m.seq = $3 and m.seq >= me.from_seq
      where me.room_id = $2 and me.user_id = $1
      """;

  /** What somebody has sent with this id, whether they are in the room or not. */
  static final String SENT =
      "select m.digest,"
          + MessageRow.COLUMNS
          + """
      from room_heads h
      join messages m on m.client_id = $3 and m.sender_id = $1 and m.room_key + 0 = h.room_key
      """
          + MessageRow.PEOPLE
          + " where h.room_id = $2";

  static final String ORIGIN =
      """
      select there.room_id, m.forwarded_seq
      from members me
      join room_heads h on h.room_id = me.room_id
      left join messages m on m.room_key = h.room_key and m.seq = $3 and m.seq >= me.from_seq
      left join members there on there.room_id = m.forwarded_room and there.user_id = me.user_id
        and there.from_seq <= m.forwarded_seq
      where me.room_id = $2 and me.user_id = $1
      """;

  private final Postgres postgres;
  private final RoomStore rooms;
  private final Function<Messages.Post, Future<Message>> post;

  /**
   * @param post how a message is stored
   */
  ForwardStore(Postgres postgres, RoomStore rooms, Function<Messages.Post, Future<Message>> post) {
    this.postgres = postgres;
    this.rooms = rooms;
    this.post = post;
  }

  /** Stores it; sent again, it is answered with the first, also when the source is gone by then. */
  Future<Message> forward(Messages.Forward q) {
    return source(q)
        .map(source -> post(q, source))
        .transform(
            post ->
                post.succeeded() ? this.post.apply(post.result()) : sentBefore(q, post.cause()));
  }

  private Future<Row> source(Messages.Forward q) {
    return postgres
        .read(SOURCE, Tuple.of(q.actor().userId(), q.roomId(), q.seq()))
        .compose(
            rows ->
                rows.size() == 0
                    ? rooms.notMine(q.roomId())
                    : Future.succeededFuture(Rows.first(rows)));
  }

  private static Messages.Post post(Messages.Forward q, Row source) {
    if (source.getLong("seq") == null) {
      throw Problem.NOT_FOUND.failure();
    }
    if (source.getString("body") == null) {
      throw Problem.CONFLICT.because("This message was deleted");
    }
    UUID first = source.getUUID("forwarded_room");
    Messages.Origin origin =
        first == null
            ? new Messages.Origin(
                q.roomId(), q.seq(), source.getUUID("sender_id"), Rows.instant(source, "sent_at"))
            : new Messages.Origin(
                first,
                source.getLong("forwarded_seq"),
                source.getUUID("forwarded_sender"),
                Rows.instant(source, "forwarded_at"));
    return new Messages.Post(
        q.actor(),
        q.targetId(),
        q.clientId(),
        source.getString("body"),
        context(q, origin, carries(source)));
  }

  private static List<UUID> carries(Row source) {
    List<Attachment> carried = AttachmentRow.read(source);
    return carried == null ? List.of() : carried.stream().map(Attachment::id).toList();
  }

  private static Messages.Context context(
      Messages.Forward q, Messages.Origin origin, List<UUID> carries) {
    return new Messages.Context(
        null, null, new Messages.Forwarded(q.roomId(), q.seq(), origin), carries);
  }

  private Future<Message> sentBefore(Messages.Forward q, Throwable cause) {
    if (!(cause instanceof Failure failure) || failure.problem().retryable()) {
      return Future.failedFuture(cause);
    }
    long digest = Send.digest(context(q, null, List.of()), new byte[0]);
    return postgres
        .read(SENT, Tuple.of(q.actor().userId(), q.targetId(), q.clientId()))
        .map(Rows::first)
        .compose(
            row ->
                row == null || row.getLong("digest") != null && row.getLong("digest") != digest
                    ? Future.failedFuture(cause)
                    : Future.succeededFuture(MessageRow.read(row, q.targetId())));
  }

  /** Where it was said first; NOT_FOUND unless the reader may see it there. */
  Future<Messages.Place> origin(Messages.Get q) {
    return postgres
        .read(ORIGIN, Tuple.of(q.readerId(), q.roomId(), q.seq()))
        .compose(
            rows ->
                rows.size() == 0
                    ? rooms.notMine(q.roomId())
                    : Future.succeededFuture(place(Rows.first(rows))));
  }

  private static Messages.Place place(Row row) {
    if (row.getUUID("room_id") == null) {
      throw Problem.NOT_FOUND.failure();
    }
    return new Messages.Place(row.getUUID("room_id"), row.getLong("forwarded_seq"));
  }
}
