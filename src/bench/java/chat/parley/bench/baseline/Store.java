package chat.parley.bench.baseline;

import chat.parley.persistence.DatabaseAddress;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.util.List;
import java.util.function.Consumer;

/** Makes messages durable, in the order of their numbers in each room. */
interface Store {
  /** The same table and indexes as Parley's, in a schema of its own. */
  String SCHEMA =
      """
      create schema if not exists bench;
      create table if not exists bench.messages (
        room_key uuid not null, seq bigint not null, version bigint not null, client_id uuid not null,
        sender_id uuid not null, body text, sent_at timestamptz not null,
        primary key (room_key, seq), unique (room_key, sender_id, client_id));
      create index if not exists messages_by_version on bench.messages (room_key, version);
      truncate bench.messages""";

  String INSERT =
      """
      insert into bench.messages (room_key, seq, version, client_id, sender_id, body, sent_at)
      select room_key, seq, seq + 1, client_id, sender_id, body, clock_timestamp()
      from unnest($1::uuid[], $2::bigint[], $3::uuid[], $4::uuid[], $5::text[])
        as i(room_key, seq, client_id, sender_id, body)""";

  int CONNECTIONS = 8;

  void post(Post post);

  /** Connections made as Parley makes its own. */
  static Pool pool(Vertx vertx, String url) {
    return PgBuilder.pool()
        .with(new PoolOptions().setMaxSize(CONNECTIONS))
        .connectingTo(DatabaseAddress.parse(url, null, null).toConnectOptions())
        .using(vertx)
        .build();
  }

  /** How a store is made. */
  interface Maker {
    Store make(Pool pool, Consumer<List<Post>> stored);
  }
}
