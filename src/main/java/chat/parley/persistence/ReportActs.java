package chat.parley.persistence;

import chat.parley.bus.Problem;
import chat.parley.model.Act;
import chat.parley.model.Admin;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.Map;

/**
 * What administrators do about a reported message. Each act settles all open reports of that
 * message; what was settled stays as it was. The room is locked first, as everywhere.
 */
final class ReportActs {
  private static final String FIND = "select room_id, seq, author_id from reports where id = $1";

  static final String SETTLE =
      """
      update reports set handled_by = $3, handled_at = clock_timestamp(), outcome = $4
      where room_id = $1 and seq = $2 and outcome is null
      """;

  private final AdminServices services;

  ReportActs(AdminServices services) {
    this.services = services;
  }

  /** Nothing is wrong with it. */
  Future<Outcome<Admin.Done>> dismiss(Admin.Deed deed) {
    return settled(deed, "dismissed");
  }

  /** As its author would; one that is deleted already only settles its reports. */
  Future<Outcome<Admin.Done>> deleteMessage(Admin.Deed deed) {
    return services
        .postgres()
        .write(
            deed.actor(),
            connection ->
                find(connection, deed)
                    .compose(
                        report ->
                            RoomChange.within(
                                connection,
                                deed.actor().userId(),
                                report.getUUID("room_id"),
                                change -> delete(change, deed, report))));
  }

  private static Future<Admin.Done> delete(RoomChange change, Admin.Deed deed, Row report) {
    return bury(change, report.getLong("seq"))
        .compose(gone -> settle(change.connection, deed, report, "message-deleted"))
        .compose(settled -> AdminNotes.done(change.connection, deed, deed.id()))
        .map(Admin.Done.to(deed.id()));
  }

  private static Future<Void> bury(RoomChange change, long seq) {
    return run(change.connection, TargetMessage.FIND, Tuple.of(change.roomKey, seq))
        .compose(
            rows ->
                rows.size() == 0 || Rows.first(rows).getBoolean("deleted")
                    ? Future.succeededFuture()
                    : Tombstones.bury(change, seq)
                        .compose(
                            gone ->
                                AuditStore.note(
                                    change.connection,
                                    Act.MESSAGE_DELETE,
                                    Map.of("room_id", change.roomId, "seq", seq))));
  }

  /** Auth has disabled the account by then, as it does everywhere. */
  Future<Outcome<Admin.Done>> authorDisabled(Admin.Deed deed) {
    return settled(deed, "author-disabled");
  }

  private Future<Outcome<Admin.Done>> settled(Admin.Deed deed, String outcome) {
    return services.write(
        deed,
        connection ->
            find(connection, deed)
                .compose(report -> settle(connection, deed, report, outcome))
                .map(Admin.Done.to(deed.id())));
  }

  private static Future<Row> find(SqlConnection connection, Admin.Deed deed) {
    return run(connection, FIND, Tuple.of(AdminServices.id(deed)))
        .map(
            rows -> {
              if (rows.size() == 0) {
                throw Problem.NOT_FOUND.failure();
              }
              return Rows.first(rows);
            });
  }

  private static Future<Void> settle(
      SqlConnection connection, Admin.Deed deed, Row report, String outcome) {
    Tuple how =
        Tuple.of(report.getUUID("room_id"), report.getLong("seq"), deed.actor().userId(), outcome);
    return run(connection, SETTLE, how).mapEmpty();
  }

  private static Future<RowSet<Row>> run(SqlConnection connection, String sql, Tuple arguments) {
    return connection.preparedQuery(sql).execute(arguments);
  }
}
