package chat.parley.persistence;

import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A database with enough in it for plans to matter: 5,000 people, a room with 4,000 members and
 * 60,000 messages, a tenth of them in one thread, beside 799 small ones, person 1 in all of them
 * and called in each, 20,000 sessions; without statistics.
 */
final class Crowd {
  static final String BIG = id("r", 1);
  static final String SMALL = id("r", 2);
  static final String BUSY = id("u", 1);

  private static final List<String> FILL =
      List.of(
          """
          insert into users (id, username, username_key, display_name, display_key, password_hash, role)
          select md5('u' || i)::uuid, 'user' || i, 'user' || i, 'User ' || i, 'user ' || i, '$argon2id$x', 'user'
          from generate_series(1, 5000) i
          """,
          "insert into user_heads select id, 1000 from users",
          """
          insert into rooms (id, kind, name, name_key, created_by, version)
          select md5('r' || i)::uuid, case when i % 10 = 0 then 'public' else 'group' end, 'Room ' || i, 'room ' || i,
            md5('u1')::uuid, 1 from generate_series(1, 800) i
          """,
          """
          insert into room_heads (room_id, last_seq, version, member_count)
          select md5('r' || i)::uuid, case when i = 1 then 60000 else 60 end, case when i = 1 then 66000 else 200 end, 10
          from generate_series(1, 800) i
          """,
          """
          insert into members (room_id, user_id, role, version)
          select md5('r1')::uuid, md5('u' || i)::uuid, 'member', i + 1 from generate_series(1, 4000) i
          union all
          select md5('r' || r)::uuid, md5('u' || (r * 7 + k * 13) % 4999 + 2)::uuid, 'member', k + 2
          from generate_series(2, 800) r, generate_series(1, 9) k
          union all
          select md5('r' || r)::uuid, md5('u1')::uuid, 'owner', 2 from generate_series(2, 800) r
          """,
          "insert into read_marks select room_id, user_id, 10, version from members",
          """
          insert into former_members (room_id, user_id, version, user_version)
          select md5('r1')::uuid, md5('u' || i)::uuid, i, 3 from generate_series(4001, 5000) i
          """,
          """
          insert into lines (room_id, version, after_seq, kind, actor_id)
          select md5('r1')::uuid, 65000 + i, i * 60, 'joined', md5('u2')::uuid from generate_series(1, 1000) i
          """,
          """
          insert into messages (room_key, seq, version, client_id, sender_id, body, digest, sent_at, thread_of, mentions_room)
          select h.room_key, s, s + 5000, md5(h.room_id::text || s)::uuid, md5('u' || s % 4000 + 1)::uuid, 'said ' || s, s, now(),
            case when s > 20 and s % 10 = 0 then 11 end,
            case when s = 30 or s between 10000 and 10300 then true end
          from room_heads h, generate_series(1, 60000) s where s <= h.last_seq
          """,
          """
          insert into reactions (room_key, seq, emoji, user_id, version)
          select room_key, 17, '+', md5('u' || i)::uuid, i from room_heads, generate_series(1, 4000) i where last_seq = 60000
          union all
          select room_key, s, '-', md5('u' || i)::uuid, i from room_heads, generate_series(1, 60000, 7) s, generate_series(1, 2) i
          where s <= last_seq
          """,
          """
          update messages set reactions = '[]' where (room_key, seq) in (select room_key, seq from reactions)
          """,
          """
          update messages set pinned_at = now() where seq % 600 = 1
          """,
          """
          insert into message_edits (room_key, seq, version, body, at)
          select room_key, s, v, 'before', now() from room_heads, generate_series(1, 60000, 40) s, generate_series(1, 3) v
          where s <= last_seq
          """,
          """
          insert into mentions select md5('u' || i)::uuid, h.room_key, s, now() + s * interval '1 ms'
          from room_heads h, generate_series(1, 5) i, generate_series(40, 400) s where s = 40 or h.last_seq > 60
          """,
          """
          insert into message_search (room_key, sent_at, seq, grams)
          select room_key, sent_at, seq,
            array(select ((room_key * 40503 + (seq >> 12)) & 131071)::int << 14 | g
              from unnest(array[1, 2, 1000 + seq % 100, 2000 + seq % 2000]::int[]) g)
          from messages
          """,
          "insert into search_marks select room_key, last_seq from room_heads",
          """
          insert into sessions (id, user_id, expires_at, ended_at, cookie_hash)
          select md5('s' || i)::uuid, md5('u' || i % 5000 + 1)::uuid, now() + interval '1 day',
            case when i % 4 = 0 then now() - i * interval '1 minute' end, sha256(('c' || i)::bytea)
          from generate_series(1, 20000) i
          """,
          """
          insert into refresh_tokens (hash, session_id)
          select sha256(('t' || i)::bytea), md5('s' || i)::uuid from generate_series(1, 20000) i
          """,
          """
          insert into tickets (hash, session_id, expires_at)
          select sha256(('k' || i)::bytea), md5('s' || i)::uuid, now() + interval '30 seconds' from generate_series(1, 3000) i
          """);

  private Crowd() {}

  /** The trail of the audit is left out: it is not read here, and would take most of the time. */
  static void fill(DatabaseAddress database) throws SQLException {
    for (String table : List.of("users", "rooms", "members", "sessions")) {
      Query.run(database, "alter table " + table + " disable trigger user");
    }
    for (String sql : FILL) {
      Query.run(database, sql);
    }
    for (String table : List.of("users", "rooms", "members", "sessions")) {
      Query.run(database, "alter table " + table + " enable trigger user");
    }
  }

  /** Makes people, and members of a room of them, without a word to anybody. */
  static void settle(DatabaseAddress database, String room, int people) {
    String users =
        """
        insert into users (id, username, username_key, display_name, display_key, password_hash, role)
        select md5('%1$s' || i)::uuid, left(md5('%1$s' || i), 30), left(md5('%1$s' || i), 30), 'One of many', 'one of many',
          '$argon2id$x', 'user' from generate_series(1, %2$d) i
        """;
    String heads =
        "insert into user_heads select md5('%1$s' || i)::uuid, 1 from generate_series(1, %2$d) i";
    String members =
        """
        insert into members (room_id, user_id, role, version)
        select '%1$s'::uuid, md5('%1$s' || i)::uuid, 'member', h.version + i
        from room_heads h, generate_series(1, %2$d) i where h.room_id = '%1$s'::uuid
        """;
    String marks =
        "insert into read_marks select room_id, user_id, 0, 1 from members m where room_id = '%1$s'::uuid"
            + " and not exists (select from read_marks k where k.room_id = m.room_id and k.user_id = m.user_id)";
    String head =
        "update room_heads set version = version + %2$d, member_count = member_count + %2$d where room_id = '%1$s'::uuid";
    try {
      for (String sql : List.of(users, heads, members, marks, head)) {
        Query.run(database, sql.formatted(room, people));
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The id of person, room or session {@code n}. */
  static String id(String kind, int n) {
    return "md5('" + kind + n + "')::uuid";
  }

  /** Their ids, as an array. */
  static String all(String kind, int from, int to) {
    return IntStream.rangeClosed(from, to)
        .mapToObj(n -> id(kind, n))
        .collect(Collectors.joining(", ", "array[", "]"));
  }
}
