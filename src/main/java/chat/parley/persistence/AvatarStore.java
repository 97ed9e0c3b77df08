package chat.parley.persistence;

import chat.parley.bus.Problem;
import chat.parley.model.Account;
import chat.parley.model.Actor;
import chat.parley.model.Avatars;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** The pictures of people, one each. The old one is gone with the transaction of the new. */
final class AvatarStore {
  /** The address carries the hash, so that what is behind it never changes. */
  private static final String POINT =
      """
      update users set avatar_url = '/api/v1/users/' || id || '/avatar?v=' || $2::text
      where id = $1 and disabled_at is null
      """;

  private static final String POINT_NOWHERE = "update users set avatar_url = null where id = $1";

  private static final String KEEP =
      """
      insert into avatars (user_id, hash, type, bytes) values ($1, $2, $3, $4)
      on conflict (user_id) do update
        set hash = excluded.hash, type = excluded.type, bytes = excluded.bytes, created_at = now()
      """;

  private static final String FORGET = "delete from avatars where user_id = $1";

  static final String FIND = "select hash, type, bytes from avatars where user_id = $1";

  private final Postgres postgres;
  private final Rounds rounds;

  AvatarStore(Postgres postgres, Rounds rounds) {
    this.postgres = postgres;
    this.rounds = rounds;
  }

  Future<Outcome<Account>> keep(Avatars.Keep wish) {
    UUID userId = wish.actor().userId();
    String hash = wish.picture() == null ? null : wish.picture().hash();
    return postgres
        .write(
            wish.actor(),
            connection ->
                connection
                    .preparedQuery(POINT)
                    .execute(Tuple.of(userId, hash))
                    .map(rows -> SessionStore.atLeastOne(rows, Problem.UNAUTHENTICATED))
                    .compose(pointed -> store(connection, userId, wish.picture()))
                    .compose(stored -> Rounds.showAnew(connection, userId))
                    .compose(asked -> ProfileStore.told(connection, userId)))
        .onSuccess(changed -> rounds.goOn());
  }

  /** Takes away somebody else's; fails with NOT_FOUND. {@code noted} is part of it. */
  Future<Outcome<Account>> remove(
      Actor actor, UUID userId, Function<SqlConnection, Future<Void>> noted) {
    return postgres
        .write(
            actor,
            connection ->
                store(connection, userId, null)
                    .map(rows -> SessionStore.atLeastOne(rows, Problem.NOT_FOUND))
                    .compose(
                        gone -> connection.preparedQuery(POINT_NOWHERE).execute(Tuple.of(userId)))
                    .compose(pointed -> noted.apply(connection))
                    .compose(done -> Rounds.showAnew(connection, userId))
                    .compose(asked -> ProfileStore.told(connection, userId)))
        .onSuccess(changed -> rounds.goOn());
  }

  private static Future<RowSet<Row>> store(
      SqlConnection connection, UUID userId, Avatars.Picture picture) {
    return picture == null
        ? connection.preparedQuery(FORGET).execute(Tuple.of(userId))
        : connection
            .preparedQuery(KEEP)
            .execute(
                Tuple.of(userId, picture.hash(), picture.type(), Buffer.buffer(picture.bytes())));
  }

  Future<Optional<Avatars.Picture>> find(UUID userId) {
    return postgres
        .read(FIND, Tuple.of(userId))
        .map(rows -> Optional.ofNullable(Rows.first(rows)).map(AvatarStore::picture));
  }

  /** Columns hash, type, bytes. */
  static Avatars.Picture picture(Row row) {
    return new Avatars.Picture(
        row.getString("hash"), row.getString("type"), row.getBuffer("bytes").getBytes());
  }
}
