package chat.parley.bench;

import chat.parley.auth.TokenMint;
import chat.parley.model.Accounts.LiveSession;
import chat.parley.model.Ids;
import chat.parley.model.Role;
import chat.parley.model.User;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/**
 * People, sessions, rooms and messages, written by SQL as the stores of Parley would have: REST
 * would spend most of the run on hashing passwords. Whoever is made has a session and its token.
 */
public final class Seed implements AutoCloseable {
  private static final String USERS =
      """
      insert into users (id, username, username_key, display_name, display_key, password_hash, role)
      select id, name, name, 'Person ' || name, 'person ' || name, '$argon2id$none', 'user'
      from unnest(?::uuid[], ?::text[]) as i(id, name)""";

  private static final String ADMINISTRATOR = "update users set role = 'admin' where id = ?";

  private static final String USER_HEADS =
      "insert into user_heads (user_id) select unnest(?::uuid[])";

  private static final String SESSIONS =
      """
      insert into sessions (id, user_id, expires_at)
      select id, user_id, now() + interval '2 days' from unnest(?::uuid[], ?::uuid[]) as i(id, user_id)""";

  private static final String ROOM =
      """
      insert into rooms (id, kind, name, name_key, created_by, version) values (?, 'group', ?, ?, ?, 1)""";

  /** The room itself is version 1, its members are those that follow. */
  private static final String HEAD =
      """
      insert into room_heads (room_id, version, member_count) values (?, 1 + ?, ?)""";

  private static final String MEMBERS =
      """
      insert into members (room_id, user_id, role, version)
      select ?, user_id, case when n = 1 then 'owner' else 'member' end, 1 + n
      from unnest(?::uuid[]) with ordinality as i(user_id, n)""";

  private static final String NEXT_USER_VERSIONS =
      "update user_heads set version = version + 1 where user_id = any(?::uuid[])";

  private static final String MARKS =
      """
      insert into read_marks (room_id, user_id, user_version)
      select ?, user_id, version from user_heads where user_id = any(?::uuid[])""";

  private static final String MESSAGES =
      """
      insert into messages (room_key, seq, version, client_id, sender_id, body, digest, sent_at)
      select h.room_key, n, h.version + n, gen_random_uuid(), ?,
        'message ' || n || repeat(' of a history that is long', 4), n, now() - make_interval(secs => (? - n) / 10.0)
      from room_heads h, generate_series(1, ?) as n where h.room_id = ?""";

  private static final String CHATTER =
      """
      insert into messages (room_key, seq, version, client_id, sender_id, body, digest, sent_at)
      select h.room_key, i.n, h.version + i.n, gen_random_uuid(), ?, i.body, i.n, now() - make_interval(secs => ? - i.ord / 5000.0)
      from unnest(?::uuid[], ?::int[], ?::text[]) with ordinality as i(room_id, n, body, ord)
      join room_heads h on h.room_id = i.room_id""";

  /** For good: the server looks at its schema only when it starts on other files. */
  private static final String WITHOUT_AUDIT =
      """
      do $$
      declare
        audited record;
      begin
        for audited in
          select distinct t.tgrelid::regclass as name, t.tgname from pg_trigger t join pg_proc p on p.oid = t.tgfoid
          where p.proname in ('audit', 'audit_message')
        loop
          execute format('alter table %s disable trigger %I', audited.name, audited.tgname);
        end loop;
      end $$""";

  private static final String BEHIND =
      """
      select count(*) from room_heads h left join search_marks s using (room_key) where h.last_seq > coalesce(s.seq, 0)""";

  private static final String RAISE_HEAD =
      """
      update room_heads set last_seq = ?, version = version + ?, last_sent_at = now() where room_id = ?""";

  /** Somebody who is signed in. */
  public record Person(UUID id, UUID sessionId, String name, String token) {}

  private final Connection connection;
  private final TokenMint mint = new TokenMint(ParleyServer.SECRET);
  private final Chatter chatter = new Chatter();
  private int made;

  Seed(ParleyServer server) {
    try {
      connection =
          DriverManager.getConnection(
              server.database().jdbcUrl(), server.database().user(), server.database().password());
      connection.setAutoCommit(false);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  public List<Person> people(int count) {
    List<Person> people = new ArrayList<>();
    Instant expires = Instant.now().plus(2, ChronoUnit.DAYS);
    for (int i = 0; i < count; i++) {
      String name =
          String.format(Locale.ROOT, "p%06d%s", made++, Ids.next().toString().substring(0, 8));
      User user = new User(Ids.next(), name, "Person " + name, null, Role.USER);
      UUID session = Ids.next();
      String token = mint.mint(new LiveSession(session, user, expires));
      people.add(new Person(user.id(), session, name, token));
    }
    Object[] ids = ids(people);
    run(USERS, ids, people.stream().map(Person::name).toArray(String[]::new));
    run(USER_HEADS, (Object) ids);
    run(SESSIONS, people.stream().map(Person::sessionId).toArray(UUID[]::new), ids);
    commit();
    return people;
  }

  /** Somebody who may see everything from now on. */
  public void administrator(Person person) {
    run(ADMINISTRATOR, person.id());
    commit();
  }

  /** A group room of these people; the first is its owner. */
  public UUID room(String name, List<Person> members) {
    UUID room = Ids.next();
    Object[] ids = ids(members);
    run(ROOM, room, name, name, members.get(0).id());
    run(HEAD, room, ids.length, ids.length);
    run(MEMBERS, room, ids);
    run(NEXT_USER_VERSIONS, (Object) ids);
    run(MARKS, room, ids);
    commit();
    return room;
  }

  /** So many messages into an empty room. */
  public void messages(UUID room, Person sender, int count) {
    run(MESSAGES, sender.id(), count, count, room);
    run(RAISE_HEAD, count, count, room);
    commit();
  }

  /** A room of one person who has said so much. */
  public UUID roomWith(Person sender, int count) {
    UUID room = room("history of " + count, List.of(sender));
    messages(room, sender, count);
    return room;
  }

  /** So many messages of chatter into empty rooms, the first half of them four times as busy. */
  public void chatter(List<UUID> rooms, Person sender, int count) {
    int[] seqs = new int[rooms.size()];
    Random random = new Random(7);
    int batch = 5_000;
    for (int done = 0; done < count; done += batch) {
      String[] ids = new String[batch];
      String[] texts = new String[batch];
      Integer[] places = new Integer[batch];
      for (int i = 0; i < batch; i++) {
        int room =
            random.nextInt(5) == 0
                ? random.nextInt(rooms.size())
                : random.nextInt(rooms.size() / 2);
        ids[i] = rooms.get(room).toString();
        places[i] = ++seqs[room];
        texts[i] = planted(done + i, chatter.line());
      }
      run(CHATTER, sender.id(), count - done, ids, places, texts);
    }
    for (int i = 0; i < seqs.length; i++) {
      run(RAISE_HEAD, seqs[i], seqs[i], rooms.get(i));
    }
    commit();
  }

  /** Seven in a million hold a word of their own, some a place, and one in a hundred a link. */
  private static String planted(int n, String line) {
    return n % 140_000 == 77
        ? line + " quixotry"
        : n % 30_000 == 33
            ? line + " 東京都庁"
            : n % 100 == 5 ? line + " https://parley.example/" + n : line;
  }

  public String chatterWord(int rank) {
    return chatter.word(rank);
  }

  /** Until all messages are in the search index; gives the seconds it took. */
  public double awaitIndex() {
    long begun = System.nanoTime();
    while (isBehind()) {
      LockSupport.parkNanos(200_000_000);
    }
    return (System.nanoTime() - begun) / 1e9;
  }

  private boolean isBehind() {
    try (PreparedStatement statement = connection.prepareStatement(BEHIND);
        ResultSet rows = statement.executeQuery()) {
      rows.next();
      return rows.getLong(1) > 0;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    } finally {
      commit();
    }
  }

  /** After much was written: plans and visibility as on a server that has been up for a while. */
  public void settle() {
    try {
      connection.setAutoCommit(true);
      run("vacuum (analyze)");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    } finally {
      manual();
    }
  }

  private void manual() {
    try {
      connection.setAutoCommit(false);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Object[] ids(List<Person> people) {
    return people.stream().map(Person::id).toArray(UUID[]::new);
  }

  private void run(String sql, Object... arguments) {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < arguments.length; i++) {
        if (arguments[i] instanceof Object[] array) {
          String type =
              array instanceof String[] ? "text" : array instanceof Integer[] ? "int4" : "uuid";
          statement.setArray(i + 1, connection.createArrayOf(type, array));
        } else {
          statement.setObject(i + 1, arguments[i]);
        }
      }
      statement.execute();
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  private void commit() {
    try {
      connection.commit();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Nothing is written to the audit log any more, to see what that costs. */
  void withoutAudit() {
    try (Statement statement = connection.createStatement()) {
      statement.execute(WITHOUT_AUDIT);
      connection.commit();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    mint.close();
  }
}
