package chat.parley.http;

import chat.parley.bus.Bus;
import chat.parley.testing.ContractCheck;
import chat.parley.testing.RawHttp;
import chat.parley.testing.RawHttp.Reply;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;

/**
 * A real door on a free port, with fakes behind it. Every answer from the API is held against the
 * contract.
 */
final class Door implements AutoCloseable {
  /** Short, so that a test of the deadline is; long beside what a request takes here. */
  static final Duration BODY_DEADLINE = Duration.ofMillis(1500);

  private final Vertx vertx = Vertx.vertx();
  private final FakeServices services = new FakeServices(Bus.of(vertx));
  private final ContractCheck contract;
  private final HttpDoor door;

  Door(String publicUrl, boolean limitsOn) throws TimeoutException {
    this(publicUrl, limitsOn, options -> options);
  }

  /** Hung differently. */
  Door(String publicUrl, boolean limitsOn, UnaryOperator<HttpDoor.Options> differently)
      throws TimeoutException {
    contract = ContractCheck.load(vertx);
    door =
        HttpDoor.prepare(
                vertx,
                differently.apply(
                    new HttpDoor.Options(
                        "127.0.0.1",
                        0,
                        2,
                        publicUrl,
                        Set.of("https://friend.example"),
                        Set.of("127.0.0.1"),
                        limitsOn,
                        BODY_DEADLINE)))
            .await(20, TimeUnit.SECONDS);
    door.open().await(20, TimeUnit.SECONDS);
  }

  FakeServices services() {
    return services;
  }

  ContractCheck contract() {
    return contract;
  }

  /** Stops taking requests. */
  Future<Void> shut() {
    return door.close();
  }

  int port() {
    return door.port();
  }

  /** As Anna's program, with JSON. */
  Reply as(String method, String target, String json) {
    return send(method, target, json, "Authorization: Bearer " + FakeServices.TOKEN);
  }

  /** With these headers, with JSON. */
  Reply send(String method, String target, String json, String... headers) {
    List<String> all = new ArrayList<>(List.of(headers));
    if (!json.isEmpty() && all.stream().noneMatch(line -> line.startsWith("Content-Type"))) {
      all.add("Content-Type: application/json");
    }
    return bytes(method, target, json.getBytes(StandardCharsets.UTF_8), all);
  }

  Reply bytes(String method, String target, byte[] body, List<String> headers) {
    Reply reply = RawHttp.send(port(), method, target, headers, body);
    if (target.startsWith("/api/v1") && !method.equals("HEAD") && !method.equals("OPTIONS")) {
      contract.check(
          method,
          target.replaceAll("\\?.*", ""),
          reply.status(),
          reply.header("content-type"),
          reply.body());
    }
    return reply;
  }

  @Override
  public void close() throws TimeoutException {
    vertx.close().await(20, TimeUnit.SECONDS);
  }
}
