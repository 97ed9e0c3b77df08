package chat.parley.persistence;

import static chat.parley.persistence.SessionStore.atLeastOne;
import static chat.parley.persistence.SessionStore.bytes;

import chat.parley.bus.Problem;
import chat.parley.model.Act;
import chat.parley.model.Application;
import chat.parley.model.Applications;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** Platforms that vouch for their people, with their keys. */
final class ApplicationStore {
  static final int MOST = 100;
  static final int MOST_KEYS = 10;

  private static final String CREATE =
      """
      insert into applications (id, name, origins, created_by)
      select $1::uuid, $2::text, $3::text[], $4::uuid
      where (select count(*) from applications) < $5""";

  private static final String LIST =
      """
      select id, name, origins, created_at, disabled_at is not null as disabled
      from applications where $1::uuid is null or id = $1 order by created_at, id""";

  static final String KEYS =
      """
      select id, application_id, algorithm, created_at
      from application_keys where application_id = any($1) order by created_at, id""";

  private static final String CHANGE =
      """
      update applications set name = coalesce($2, name), origins = coalesce($3, origins),
        disabled_at = case when $4::boolean then coalesce(disabled_at, now()) when $4 is null then disabled_at end
      where id = $1""";

  static final String END_SESSIONS =
      """
      update sessions set ended_at = clock_timestamp()
      where ended_at is null and user_id in (select user_id from application_users where application_id = $1)
      returning id""";

  private static final String REMOVE = "delete from applications where id = $1";

  private static final String LOCK = "select id from applications where id = $1 for no key update";

  private static final String ADD_KEY =
      """
      insert into application_keys (id, application_id, algorithm, material)
      select $1::uuid, $2::uuid, $3::text, $4::bytea
      where (select count(*) from application_keys where application_id = $2) < $5
      returning id, algorithm, created_at""";

  private static final String REMOVE_KEY =
      "delete from application_keys where id = $1 and application_id = $2";

  static final String SIGNER =
      """
      select k.id, k.application_id, k.algorithm, k.material, a.origins, a.disabled_at is not null as disabled
      from application_keys k join applications a on a.id = k.application_id where k.id = $1""";

  static final String HAS_ORIGIN =
      """
      select exists (select from applications where origins @> array[$1::text] and disabled_at is null)""";

  private final Postgres postgres;

  ApplicationStore(Postgres postgres) {
    this.postgres = postgres;
  }

  /** Fails with CONFLICT when there are as many as there may be. */
  Future<Application> create(Applications.Row wish) {
    Tuple row =
        Tuple.of(wish.id(), wish.name(), array(wish.origins()), wish.actor().userId(), MOST);
    return postgres.write(
        wish.actor(),
        connection ->
            connection
                .preparedQuery(CREATE)
                .execute(row)
                .map(made -> requireRoom(made, "There are at most " + MOST + " applications"))
                .compose(made -> AuditStore.note(connection, Act.APPLICATION_ADD, wish.id()))
                .compose(made -> get(connection, wish.id())));
  }

  Future<List<Application>> list() {
    return postgres
        .read(LIST, Tuple.of((UUID) null))
        .compose(
            rows -> {
              UUID[] ids = Rows.list(rows, row -> row.getUUID("id")).toArray(UUID[]::new);
              return postgres.read(KEYS, Tuple.of(ids)).map(keys -> applications(rows, keys));
            });
  }

  Future<Application> get(UUID id) {
    return list()
        .map(
            all ->
                all.stream()
                    .filter(each -> each.id().equals(id))
                    .findFirst()
                    .orElseThrow(Problem.NOT_FOUND::failure));
  }

  /** Disabling ends the sessions of its people. */
  Future<Applications.Changed> change(Applications.RowChange wish) {
    Tuple row = Tuple.of(wish.id(), wish.name(), array(wish.origins())).addValue(wish.disabled());
    return postgres.write(
        wish.actor(),
        connection ->
            connection
                .preparedQuery(CHANGE)
                .execute(row)
                .map(changed -> atLeastOne(changed, Problem.NOT_FOUND))
                .compose(changed -> AuditStore.note(connection, Act.APPLICATION_CHANGE, wish.id()))
                .compose(
                    changed ->
                        Boolean.TRUE.equals(wish.disabled())
                            ? endSessions(connection, wish.id())
                            : Future.succeededFuture(List.of()))
                .compose(
                    ended ->
                        get(connection, wish.id())
                            .map(now -> new Applications.Changed(now, ended))));
  }

  /** Its people's accounts stay, without a way in by it; gives the sessions that ended. */
  Future<List<UUID>> remove(Applications.Of wish) {
    return postgres.write(
        wish.actor(),
        connection ->
            endSessions(connection, wish.id())
                .compose(
                    ended ->
                        connection
                            .preparedQuery(REMOVE)
                            .execute(Tuple.of(wish.id()))
                            .map(gone -> atLeastOne(gone, Problem.NOT_FOUND))
                            .compose(
                                gone ->
                                    AuditStore.note(connection, Act.APPLICATION_REMOVE, wish.id()))
                            .map(ended)));
  }

  private static Future<List<UUID>> endSessions(SqlConnection connection, UUID applicationId) {
    return connection
        .preparedQuery(END_SESSIONS)
        .execute(Tuple.of(applicationId))
        .map(rows -> Rows.list(rows, row -> row.getUUID("id")));
  }

  /** Fails with NOT_FOUND, or with CONFLICT when it has as many as it may have. */
  Future<Application.Key> addKey(Applications.KeyRow key) {
    Tuple row =
        Tuple.of(key.id(), key.applicationId(), key.algorithm(), bytes(key.material()), MOST_KEYS);
    return postgres.write(
        key.actor(),
        connection ->
            connection
                .preparedQuery(LOCK)
                .execute(Tuple.of(key.applicationId()))
                .map(found -> atLeastOne(found, Problem.NOT_FOUND))
                .compose(locked -> connection.preparedQuery(ADD_KEY).execute(row))
                .map(
                    made -> {
                      requireRoom(made, "An application has at most " + MOST_KEYS + " keys");
                      return key(Rows.first(made));
                    })
                .compose(
                    made ->
                        AuditStore.note(connection, Act.APPLICATION_KEY_ADD, key.id()).map(made)));
  }

  Future<Void> removeKey(Applications.KeyOf wish) {
    return postgres.write(
        wish.actor(),
        connection ->
            connection
                .preparedQuery(REMOVE_KEY)
                .execute(Tuple.of(wish.keyId(), wish.applicationId()))
                .map(gone -> atLeastOne(gone, Problem.NOT_FOUND))
                .compose(
                    gone -> AuditStore.note(connection, Act.APPLICATION_KEY_REMOVE, wish.keyId())));
  }

  /** A key with its platform. */
  Future<Optional<Applications.Signer>> signer(UUID keyId) {
    return postgres
        .read(SIGNER, Tuple.of(keyId))
        .map(rows -> Optional.ofNullable(Rows.first(rows)).map(ApplicationStore::toSigner));
  }

  /** Whether an enabled platform lists this origin. */
  Future<Boolean> hasOrigin(String origin) {
    return postgres.read(HAS_ORIGIN, Tuple.of(origin)).map(rows -> Rows.first(rows).getBoolean(0));
  }

  private static Future<Application> get(SqlConnection connection, UUID id) {
    return connection
        .preparedQuery(LIST)
        .execute(Tuple.of(id))
        .compose(
            rows ->
                connection
                    .preparedQuery(KEYS)
                    .execute(Tuple.of(new UUID[] {id}))
                    .map(keys -> applications(rows, keys).get(0)));
  }

  private static List<Application> applications(RowSet<Row> rows, RowSet<Row> keys) {
    Map<UUID, List<Application.Key>> byApplication =
        Rows.list(keys, row -> row).stream()
            .collect(
                Collectors.groupingBy(
                    row -> row.getUUID("application_id"),
                    Collectors.mapping(ApplicationStore::key, Collectors.toList())));
    return Rows.list(
        rows,
        row ->
            new Application(
                row.getUUID("id"),
                row.getString("name"),
                Arrays.asList(row.getArrayOfStrings("origins")),
                row.getBoolean("disabled"),
                Rows.instant(row, "created_at"),
                byApplication.getOrDefault(row.getUUID("id"), List.of())));
  }

  private static Application.Key key(Row row) {
    return new Application.Key(
        row.getUUID("id"), row.getString("algorithm"), Rows.instant(row, "created_at"), null);
  }

  private static Applications.Signer toSigner(Row row) {
    return new Applications.Signer(
        row.getUUID("id"),
        row.getUUID("application_id"),
        row.getString("algorithm"),
        row.getBuffer("material").getBytes(),
        Arrays.asList(row.getArrayOfStrings("origins")),
        row.getBoolean("disabled"));
  }

  private static Void requireRoom(RowSet<Row> rows, String otherwise) {
    if (rows.rowCount() == 0) {
      throw Problem.CONFLICT.because(otherwise);
    }
    return null;
  }

  private static String[] array(List<String> values) {
    return values == null ? null : values.toArray(String[]::new);
  }
}
