package chat.parley.persistence;

import chat.parley.bus.Addresses;
import chat.parley.bus.Bus;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.pgclient.PgBuilder;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;

/** Of persistence only what auth asks of it, for the tests of auth. */
public final class AccountsVerticle extends VerticleBase {
  private final DatabaseAddress address;

  public AccountsVerticle(DatabaseAddress address) {
    this.address = address;
  }

  @Override
  public Future<?> start() {
    Postgres postgres = new Postgres(pool());
    Bus bus = Bus.of(vertx);
    serve(bus, new UserStore(postgres));
    serve(bus, new SessionStore(postgres));
    return Future.succeededFuture();
  }

  private Pool pool() {
    return PgBuilder.pool()
        .connectingTo(address.toConnectOptions())
        .with(new PoolOptions().setMaxSize(8))
        .using(vertx)
        .build();
  }

  private static void serve(Bus bus, UserStore users) {
    bus.serve(Addresses.USERS_CREATE, users::create);
    bus.serve(Addresses.USERS_BY_LOGIN, users::findByLogin);
    bus.serve(Addresses.USERS_ME, users::me);
    bus.serve(Addresses.USERS_GET, users::get);
    bus.serve(Addresses.USERS_SEARCH, users::search);
  }

  private static void serve(Bus bus, SessionStore sessions) {
    bus.serve(Addresses.SESSIONS_CREATE, sessions::create);
    bus.serve(Addresses.SESSIONS_GET, sessions::find);
    bus.serve(Addresses.SESSIONS_BY_COOKIE, sessions::findByCookie);
    bus.serve(Addresses.SESSIONS_ROTATE, sessions::rotate);
    bus.serve(Addresses.SESSIONS_END, sessions::end);
    bus.serve(Addresses.SESSIONS_ENDED_SINCE, sessions::endedSince);
    bus.serve(Addresses.TICKETS_CREATE, sessions::createTicket);
    bus.serve(Addresses.TICKETS_SPEND, sessions::spendTicket);
  }
}
