package chat.parley.persistence;

import chat.parley.bus.Problem;
import chat.parley.model.Admin;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.UUID;
import java.util.function.Function;

/** What the panel's models do things with: the stores that do the same for people. */
record AdminServices(
    Postgres postgres,
    RoomStore rooms,
    Rounds rounds,
    Purges purges,
    DepartureStore departures,
    AvatarStore avatars,
    ApplicationStore applications,
    AnnouncementStore announcements,
    WordFilter filter) {
  /** For whoever only reads what the models say. */
  static AdminServices none() {
    return new AdminServices(null, null, null, null, null, null, null, null, null);
  }

  /** A deed in a transaction of its own, which stands in the audit log with it. */
  Future<Outcome<Admin.Done>> write(
      Admin.Deed deed, Function<SqlConnection, Future<Admin.Done>> work) {
    return postgres
        .write(
            deed.actor(),
            connection ->
                work.apply(connection)
                    .compose(done -> AdminNotes.done(connection, deed, done.id()).map(done)))
        .map(Outcome::silent);
  }

  /** A deed that is one statement about the row of the id; NOT_FOUND when there is none. */
  AdminModel.Doing statement(String sql) {
    return deed ->
        write(
            deed,
            connection ->
                connection
                    .preparedQuery(sql)
                    .execute(Tuple.of(id(deed)))
                    .map(rows -> SessionStore.atLeastOne(rows, Problem.NOT_FOUND))
                    .map(gone -> Admin.Done.to(deed.id())));
  }

  /** A change of a room, under its lock; nobody has to be a member for it. */
  Future<Outcome<Admin.Done>> inRoom(
      Admin.Deed deed, UUID roomId, Function<RoomChange, Future<String>> work) {
    return RoomChange.run(
        postgres,
        deed.actor(),
        roomId,
        change ->
            work.apply(change)
                .compose(
                    id -> AdminNotes.done(change.connection, deed, id).map(Admin.Done.to(id))));
  }

  static UUID id(Admin.Deed deed) {
    return UUID.fromString(deed.id());
  }

  /** One part of a key of several. */
  static String part(Admin.Deed deed, int number) {
    return deed.id().split(":")[number];
  }

  static UUID idPart(Admin.Deed deed, int number) {
    return UUID.fromString(part(deed, number));
  }
}
