package chat.parley.persistence;

import chat.parley.model.MemberRole;
import chat.parley.model.MentionText;
import chat.parley.model.Permissions;
import chat.parley.model.RoomKind;
import chat.parley.model.UserEvent;
import chat.parley.model.UserNotice;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Finds whom new words call, in the transaction that stores them: members of the room go into the
 * message's row; each of them but its author, and but those who blocked the author, gets a row of
 * their own and a version of their own. One statement a batch, O(names · log n), and none where
 * nobody is called.
 */
final class MentionWriter {
  /** Names hold no line ends. Whoever it is that may call all, the role is looked at here. */
  private static final String BATCH =
      """
      with sent as materialized (
        select i.ord, h.room_id, h.room_key, m.seq, m.sent_at, m.sender_id, i.keys,
          i.calls_room and r.kind <> 'direct' and b.role = any($7::text[]) as calls_room
        from unnest($1::int[], $2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::boolean[])
            as i(ord, room_id, sender_id, client_id, keys, calls_room)
          join room_heads h on h.room_id = i.room_id
          join rooms r on r.id = i.room_id
          join members b on b.room_id = i.room_id and b.user_id = i.sender_id
          join messages m on m.client_id = i.client_id and m.sender_id = i.sender_id and m.room_key + 0 = h.room_key
        where m.xmin = pg_current_xact_id()::xid and m.thread_replies is null),
      """;

  private static final String EDITED =
      """
      with sent as materialized (
        select 0 as ord, h.room_id, h.room_key, m.seq, m.sent_at, m.sender_id, $3::text as keys,
          $4::boolean and r.kind <> 'direct' and b.role = any($5::text[]) as calls_room
        from room_heads h
          join rooms r on r.id = h.room_id
          join messages m on m.room_key = h.room_key and m.seq = $2
          join members b on b.room_id = h.room_id and b.user_id = m.sender_id
        where h.room_id = $1),
      """;

  /** People are locked in the order of their ids, as everywhere. */
  private static final String CALL =
      """
      called as materialized (
        select s.*, array(
          select u.id
          from unnest(string_to_array(s.keys, chr(10))) k(key)
            join users u on u.username_key = k.key
            join members p on p.room_id = s.room_id and p.user_id = u.id and p.from_seq <= s.seq
          group by u.id order by u.id) as named
        from sent s),
      shown as (
        update messages m set mentions = nullif(c.named, '{}'), mentions_room = nullif(c.calls_room, false)
        from called c
        where m.room_key = c.room_key and m.seq = c.seq
          and (m.mentions, m.mentions_room) is distinct from (nullif(c.named, '{}'), nullif(c.calls_room, false))),
      gone as (
        delete from mentions x using called c
        where x.room_key = c.room_key and x.seq = c.seq and x.user_id <> all (c.named)),
      told as (
        insert into mentions (user_id, room_key, seq, at)
        select n.user_id, c.room_key, c.seq, c.sent_at
        from called c cross join lateral unnest(c.named) n(user_id)
        where n.user_id <> c.sender_id
          and not exists (select from blocks b where b.user_id = n.user_id and b.blocked_id = c.sender_id)
        on conflict do nothing
        returning user_id, room_key, seq),
      people as materialized (
        select h.user_id, t.times
        from (select user_id, count(*) as times from told group by user_id) t
          join user_heads h on h.user_id = t.user_id
        order by h.user_id for no key update of h),
      bumped as (
        update user_heads h set version = h.version + p.times
        from people p where h.user_id = p.user_id
        returning h.user_id, h.version)
      select c.ord, c.room_id, c.room_key, c.seq, c.named, c.calls_room, null::uuid as user_id, null::bigint as version
      from called c
      union all
      select null, null, t.room_key, t.seq, null, null, t.user_id, null from told t
      union all
      select null, null, null, null, null, null, b.user_id, b.version from bumped b
      """;

  static final String CALL_OF_BATCH = BATCH + CALL;
  static final String CALL_OF_EDITED = EDITED + CALL;

  private static final String[] WHO_MAY_CALL_ALL =
      Arrays.stream(MemberRole.values())
          .filter(role -> Permissions.may(Permissions.Deed.MENTION_ROOM, RoomKind.GROUP, role))
          .map(Rows::stored)
          .toArray(String[]::new);

  /** A message's place in its batch, its key, and whom it calls. */
  private record Calling(
      int ord, UUID roomId, long roomKey, long seq, List<UUID> named, boolean all) {}

  /** One person who is to be told of one message. */
  private record Told(UUID userId, long roomKey, long seq) {}

  /**
   * What was found.
   *
   * @param messages whom the messages of the batch call, by their place in it
   */
  record Called(Map<Integer, Names> messages, List<UserNotice> notices) {
    static final Called NOBODY = new Called(Map.of(), List.of());

    /** Null when it calls nobody. */
    Names names(int ord) {
      return messages.get(ord);
    }
  }

  /** What a message's row says of it; null for nobody. */
  record Names(List<UUID> people, Boolean room) {}

  private MentionWriter() {}

  /**
   * To be sent after the statement that stores the batch; what had been stored before is passed.
   */
  static Future<Called> call(SqlConnection connection, List<Send> sends) {
    List<Integer> orders = new ArrayList<>();
    for (int i = 0; i < sends.size(); i++) {
      if (!sends.get(i).mentions.isEmpty()) {
        orders.add(i);
      }
    }
    return orders.isEmpty()
        ? Future.succeededFuture(Called.NOBODY)
        : connection
            .preparedQuery(CALL_OF_BATCH)
            .execute(arguments(orders, sends))
            .map(MentionWriter::called);
  }

  private static Tuple arguments(List<Integer> orders, List<Send> sends) {
    List<Send> calling = orders.stream().map(sends::get).toList();
    return Tuple.of(orders.toArray(Integer[]::new))
        .addValue(calling.stream().map(send -> send.key.roomId()).toArray(UUID[]::new))
        .addValue(calling.stream().map(send -> send.key.senderId()).toArray(UUID[]::new))
        .addValue(calling.stream().map(send -> send.key.clientId()).toArray(UUID[]::new))
        .addValue(calling.stream().map(send -> keys(send.mentions)).toArray(String[]::new))
        .addValue(calling.stream().map(send -> send.mentions.room()).toArray(Boolean[]::new))
        .addValue(WHO_MAY_CALL_ALL);
  }

  private static String keys(MentionText mentions) {
    return String.join("\n", mentions.keys());
  }

  /**
   * A message says something else now: who is called anew is told, and who no longer is was never
   * called. Its row is to be shown afterwards.
   */
  static Future<Void> edited(RoomChange change, long seq, String text) {
    MentionText mentions = MentionText.of(text);
    return change
        .connection
        .preparedQuery(CALL_OF_EDITED)
        .execute(
            Tuple.of(change.roomId, seq, keys(mentions), mentions.room())
                .addValue(WHO_MAY_CALL_ALL))
        .map(MentionWriter::called)
        .onSuccess(called -> called.notices().forEach(change::notify))
        .mapEmpty();
  }

  private static Called called(RowSet<Row> rows) {
    List<Calling> messages = new ArrayList<>();
    List<Told> told = new ArrayList<>();
    Map<UUID, Long> versions = new HashMap<>();
    for (Row row : rows) {
      UUID userId = row.getUUID("user_id");
      if (userId == null) {
        messages.add(calling(row));
      } else if (row.getLong("version") == null) {
        told.add(new Told(userId, row.getLong("room_key"), row.getLong("seq")));
      } else {
        versions.put(userId, row.getLong("version"));
      }
    }
    return new Called(names(messages), notices(messages, told, versions));
  }

  private static Calling calling(Row row) {
    return new Calling(
        row.getInteger("ord"),
        row.getUUID("room_id"),
        row.getLong("room_key"),
        row.getLong("seq"),
        List.of(row.getArrayOfUUIDs("named")),
        Boolean.TRUE.equals(row.getBoolean("calls_room")));
  }

  private static Map<Integer, Names> names(List<Calling> messages) {
    Map<Integer, Names> names = new HashMap<>();
    for (Calling each : messages) {
      List<UUID> people = each.named.isEmpty() ? null : each.named;
      names.put(each.ord, new Names(people, each.all ? true : null));
    }
    return names;
  }

  /** The last of somebody's mentions has the version that they were left at. */
  private static List<UserNotice> notices(
      List<Calling> messages, List<Told> told, Map<UUID, Long> versions) {
    Map<Long, UUID> rooms = new HashMap<>();
    messages.forEach(each -> rooms.put(each.roomKey, each.roomId));
    told.sort(Comparator.comparingLong(Told::roomKey).thenComparingLong(Told::seq).reversed());
    List<UserNotice> notices = new ArrayList<>(told.size());
    for (Told each : told) {
      long version = versions.merge(each.userId, -1L, Long::sum) + 1;
      notices.add(
          UserNotice.of(
              each.userId, new UserEvent.Mention(version, rooms.get(each.roomKey), each.seq)));
    }
    Collections.reverse(notices);
    return notices;
  }
}
