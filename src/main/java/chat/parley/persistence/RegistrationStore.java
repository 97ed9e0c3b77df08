package chat.parley.persistence;

import chat.parley.bus.Problem;
import chat.parley.model.AccountInvites;
import chat.parley.model.AccountInvites.Entry;
import chat.parley.model.AccountInvites.State;
import chat.parley.model.Act;
import chat.parley.model.RegistrationMode;
import chat.parley.model.Role;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/**
 * Who may make an account, and as what: the one place that decides it, in the transaction that
 * makes the account, so that what an administrator says counts from their answer on, on every node.
 * O(log n).
 */
final class RegistrationStore {
  private static final String STATE =
      """
      select coalesce((select mode from registration), 'open') as mode,
        coalesce((select first_is_admin from registration), true)
          and not exists (select from users where deleted_at is null) as first""";

  private static final String SET =
      """
      insert into registration (mode) values ($1) on conflict (only_row) do update set mode = excluded.mode""";

  /** From now on nobody becomes the administrator by being the first. */
  static final String CLOSE_THE_DOOR =
      """
      insert into registration (first_is_admin) values (false)
      on conflict (only_row) do update set first_is_admin = false where registration.first_is_admin""";

  /** What becomes of who is let in, and by which link; null when by none. */
  record Admitted(Role role, UUID inviteId) {}

  private final Postgres postgres;

  RegistrationStore(Postgres postgres) {
    this.postgres = postgres;
  }

  /** {@code fixed} is what the start said; null when it did not. */
  Future<State> get(Entry entry) {
    return postgres.read(STATE, Tuple.tuple()).map(rows -> state(rows, entry));
  }

  private static State state(RowSet<Row> rows, Entry entry) {
    Row row = Rows.first(rows);
    RegistrationMode mode =
        entry.fixed() != null
            ? entry.fixed()
            : RegistrationMode.valueOf(row.getString("mode").toUpperCase(Locale.ROOT));
    return new State(mode, entry.fixed() != null, row.getBoolean("first"));
  }

  /** Registrations take turns with it: who is let in after the answer is let in by it. */
  Future<State> change(AccountInvites.NewMode wish) {
    return postgres.write(
        wish.actor(),
        connection ->
            connection
                .query(UserStore.ONE_AT_A_TIME)
                .execute()
                .compose(
                    turn -> connection.preparedQuery(SET).execute(Tuple.of(stored(wish.mode()))))
                .compose(
                    set ->
                        AuditStore.note(
                            connection,
                            Act.REGISTRATION_CHANGE,
                            Map.of("only_row", true),
                            Map.of("mode", stored(wish.mode()))))
                .compose(noted -> connection.preparedQuery(STATE).execute())
                .map(rows -> state(rows, Entry.by(null))));
  }

  private static String stored(RegistrationMode mode) {
    return mode.name().toLowerCase(Locale.ROOT);
  }

  /** Whether somebody would be let in now, before it costs a hash; fails as {@link #admit} does. */
  Future<Void> may(Entry entry) {
    return entry.invite() == null
        ? get(entry).map(state -> withoutInvite(state, false)).mapEmpty()
        : postgres
            .read(AccountInviteStore.LOOK, Tuple.of(SessionStore.bytes(entry.invite())))
            .compose(found -> get(entry).map(state -> byInvite(state, found)))
            .mapEmpty();
  }

  /**
   * Lets somebody in, whose turn it is, and counts the use of their link. Fails with LINK_INVALID,
   * REGISTRATION_CLOSED or INVITATION_NEEDED.
   */
  static Future<Admitted> admit(SqlConnection connection, Entry entry) {
    Future<State> state = connection.preparedQuery(STATE).execute().map(rows -> state(rows, entry));
    return entry.invite() == null
        ? state.map(now -> withoutInvite(now, entry.vouched()))
        : state.compose(
            now ->
                connection
                    .preparedQuery(AccountInviteStore.USE)
                    .execute(Tuple.of(SessionStore.bytes(entry.invite())))
                    .map(used -> byInvite(now, used)));
  }

  private static Admitted withoutInvite(State state, boolean vouched) {
    if (state.first() || vouched || state.mode() == RegistrationMode.OPEN) {
      return new Admitted(state.first() ? Role.ADMIN : Role.USER, null);
    }
    throw state.mode() == RegistrationMode.INVITE
        ? Problem.INVITATION_NEEDED.failure()
        : Problem.REGISTRATION_CLOSED.failure();
  }

  private static Admitted byInvite(State state, RowSet<Row> found) {
    if (found.size() == 0) {
      throw Problem.LINK_INVALID.failure();
    }
    Row invite = Rows.first(found);
    Role role = Role.valueOf(invite.getString("role").toUpperCase(Locale.ROOT));
    if (role == Role.USER && state.mode() == RegistrationMode.CLOSED) {
      throw Problem.REGISTRATION_CLOSED.failure();
    }
    return new Admitted(state.first() ? Role.ADMIN : role, invite.getUUID("id"));
  }
}
