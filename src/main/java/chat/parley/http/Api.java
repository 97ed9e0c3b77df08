package chat.parley.http;

import chat.parley.model.Caller;
import chat.parley.model.Limit;
import chat.parley.model.Scope;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import io.vertx.openapi.contract.Operation;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The contract's operations, each bound to the one line that serves it, and the posts that every
 * request passes before: limits, who is speaking, the body, its shape.
 */
final class Api {
  /** What serves an operation: takes a call that is in order, asks the bus, says what to answer. */
  interface Service {
    Future<Answer> serve(Call call);
  }

  private final Contract contract;
  private final Doorman doorman;
  private final Limits limits;
  private final ClientAddress addresses;
  private final HttpMeters meters;
  private final RequestLog log;
  private final Map<String, Service> services = new HashMap<>();
  private final Map<String, Endpoint> direct = new HashMap<>();

  /** One operation; {@code shown} is what is logged for a path that holds a secret. */
  private record Endpoint(
      Shape shape,
      Optional<Scope> scope,
      Service service,
      HttpMeters.Operation meter,
      Optional<String> shown) {}

  Api(
      Contract contract,
      Doorman doorman,
      Limits limits,
      ClientAddress addresses,
      HttpMeters meters,
      RequestLog log) {
    this.contract = contract;
    this.doorman = doorman;
    this.limits = limits;
    this.addresses = addresses;
    this.meters = meters;
    this.log = log;
  }

  Api on(String operationId, Service service) {
    if (services.put(operationId, service) != null) {
      throw new IllegalStateException(operationId + " is served twice");
    }
    return this;
  }

  /** Fails when the contract and the services do not name the very same operations. */
  Router router(Vertx vertx) {
    requireAllServed();
    RouterBuilder routes = contract.routes(vertx);
    for (Operation operation : contract.operations()) {
      Endpoint endpoint = endpoint(operation);
      if (operation.getHttpMethod() == HttpMethod.GET && endpoint.shape.isEmpty()) {
        direct.put(Contract.PREFIX + operation.getOpenAPIPath(), endpoint);
      }
      routes
          .getRoute(operation.getOperationId())
          // The posts of answer() stand in: see Shape for why, and the doorman knows the cookie
          // too.
          .setDoValidation(false)
          .setDoSecurity(false)
          .addHandler(meters.naming(operation.getOperationId()))
          .addHandler(context -> handle(context, endpoint));
    }
    return routes.createRouter();
  }

  private Endpoint endpoint(Operation operation) {
    return new Endpoint(
        contract.shape(operation),
        contract.isOpen(operation) ? Optional.empty() : Optional.of(contract.scope(operation)),
        services.get(operation.getOperationId()),
        meters.of(operation.getOperationId()),
        Optional.of(Contract.PREFIX + operation.getOpenAPIPath())
            .filter(path -> path.contains("{token}")));
  }

  /**
   * Serves a read past the router, which would try its routes one by one: one without parameters,
   * body or another origin. False when this is none; then nothing was done.
   */
  boolean serves(HttpServerRequest request) {
    Endpoint found = request.method() == HttpMethod.GET ? direct.get(request.uri()) : null;
    if (found == null
        || request.headers().contains(HttpHeaderNames.ORIGIN)
        || Deadline.hasBody(request)) {
      return false;
    }
    long began = System.nanoTime();
    Exchange exchange = log.begin();
    answer(request, found, exchange, Map::of)
        .onFailure(failure -> Problems.refuse(request, failure))
        .onComplete(
            done -> {
              found.meter.took(request.response().getStatusCode(), System.nanoTime() - began);
              exchange.end(request);
            });
    return true;
  }

  private void handle(RoutingContext context, Endpoint endpoint) {
    Exchange exchange = RequestLog.of(context);
    endpoint.shown.ifPresent(exchange::hide);
    answer(context.request(), endpoint, exchange, () -> endpoint.shape.parameters(context))
        .onFailure(context::fail);
  }

  private Future<?> answer(
      HttpServerRequest request,
      Endpoint endpoint,
      Exchange exchange,
      Supplier<Map<String, Object>> parameters) {
    try {
      request.pause();
      String address = addresses.of(request);
      exchange.from(address);
      limits.spend(Limit.REQUESTS_BY_ADDRESS, ClientAddress.limitKey(address), request.response());
      return caller(request, endpoint, exchange, address)
          .compose(
              known ->
                  seated(
                      request,
                      endpoint.shape,
                      known,
                      () ->
                          body(request, endpoint.shape)
                              .map(body -> checked(endpoint.shape, parameters.get(), body))
                              .map(in -> new Call(request, known, address, in.values, in.body))
                              .compose(endpoint.service::serve)
                              // Mapped, not composed: a client that has gone away is no failure.
                              .map(answer -> answer.writeTo(request.response()))));
    } catch (RuntimeException refused) {
      return Future.failedFuture(refused);
    }
  }

  /** Somebody who may ask for this; null where anybody may. */
  private Future<Caller> caller(
      HttpServerRequest request, Endpoint endpoint, Exchange exchange, String address) {
    return endpoint.scope.isEmpty()
        ? Future.succeededFuture()
        : admit(request)
            .map(
                known -> {
                  exchange.by(known.userId());
                  return Scopes.require(endpoint.scope.get(), known).from(address);
                });
  }

  /** Pictures are large: only so many are held at a time. */
  private <T> Future<T> seated(
      HttpServerRequest request, Shape shape, Caller caller, Supplier<Future<T>> work) {
    if (!shape.hasPicture()) {
      return work.get();
    }
    limits.spend(Limit.UPLOADS_BY_USER, caller.userId().toString(), request.response());
    Runnable leave = limits.uploads.take();
    return Future.<Void>succeededFuture()
        .compose(seated -> work.get())
        .onComplete(done -> leave.run());
  }

  private record Input(Map<String, Object> values, Buffer body) {}

  private static Input checked(Shape shape, Map<String, Object> parameters, Buffer body) {
    if (shape.hasBody()) {
      shape.check(body);
    }
    return new Input(parameters, body);
  }

  private Future<Caller> admit(HttpServerRequest request) {
    return doorman
        .admit(request)
        .map(
            known -> {
              limits.spend(Limit.REQUESTS_BY_USER, known.userId().toString(), request.response());
              return known;
            });
  }

  private static Future<Buffer> body(HttpServerRequest request, Shape shape) {
    if (shape.hasPicture()) {
      return BodyReader.readPicture(request);
    }
    if (shape.hasBody()) {
      return BodyReader.read(request);
    }
    if (shape.hasFile()) {
      return Future.succeededFuture();
    }
    request.resume();
    return Future.succeededFuture();
  }

  private void requireAllServed() {
    Set<String> named =
        contract.operations().stream().map(Operation::getOperationId).collect(Collectors.toSet());
    Set<String> different = new TreeSet<>(services.keySet());
    named.forEach(
        id -> {
          if (!different.remove(id)) {
            different.add(id);
          }
        });
    if (!different.isEmpty()) {
      throw new IllegalStateException(
          "Served but not in openapi.yaml, or the other way round: " + different);
    }
  }
}
