package chat.parley.http;

import chat.parley.bus.Problem;
import chat.parley.model.Actor;
import chat.parley.model.Caller;
import chat.parley.model.Device;
import chat.parley.model.Json;
import com.fasterxml.jackson.databind.JsonMappingException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * One request that has passed every post: who calls, and the values that the contract has found
 * right.
 */
final class Call {
  /**
   * Rows a page when the caller does not say; the contract's word, which the router does not fill
   * in.
   */
  private static final int DEFAULT_LIMIT = 50;

  private static final int AGENT_LENGTH = 200;

  private final HttpServerRequest request;
  private final Caller caller;
  private final String address;
  private final Map<String, Object> parameters;
  private final Buffer body;

  /** {@code caller} is null for an open operation. */
  Call(
      HttpServerRequest request,
      Caller caller,
      String address,
      Map<String, Object> parameters,
      Buffer body) {
    this.request = request;
    this.caller = caller;
    this.address = address;
    this.parameters = parameters;
    this.body = body;
  }

  HttpServerRequest request() {
    return request;
  }

  Caller caller() {
    return caller;
  }

  UUID me() {
    return caller.userId();
  }

  /** Nobody yet, in an open operation. */
  Actor actor() {
    return caller == null ? new Actor(null, requestId(), address) : caller.actor(requestId());
  }

  String requestId() {
    return RequestHead.id(request);
  }

  String address() {
    return address;
  }

  Device device() {
    return device(request, address);
  }

  /** What a client calls itself, cut short. */
  static Device device(HttpServerRequest request, String address) {
    String agent = request.getHeader("User-Agent");
    return new Device(address, agent == null ? "" : printable(agent));
  }

  UUID id(String name) {
    String value = text(name);
    return value == null ? null : UUID.fromString(value);
  }

  /** Null when absent. */
  String text(String name) {
    return (String) parameters.get(name);
  }

  /** Of a parameter that may be given several times; empty when absent. */
  List<String> texts(String name) {
    JsonArray given = (JsonArray) parameters.get(name);
    return given == null ? List.of() : given.stream().map(String.class::cast).toList();
  }

  /** Null when absent. */
  Long number(String name) {
    return (Long) parameters.get(name);
  }

  int limit() {
    Long limit = number("limit");
    return limit == null ? DEFAULT_LIMIT : limit.intValue();
  }

  /** The body as it came. */
  byte[] bytes() {
    return body.getBytes();
  }

  /**
   * The body as a record; its shape was checked, so what fails here is a value that the contract
   * could not describe.
   */
  <T> T body(Class<T> type) {
    try {
      return Json.read(body.getBytes(), type);
    } catch (JsonMappingException wrongValue) {
      throw Problem.INVALID.at(pointer(wrongValue), "This value is not right");
    } catch (IOException notJson) {
      throw Problem.MALFORMED.because("The body is not valid JSON");
    }
  }

  private static String pointer(JsonMappingException wrong) {
    return wrong.getPath().stream()
        .map(step -> "/" + (step.getFieldName() == null ? step.getIndex() : step.getFieldName()))
        .collect(Collectors.joining());
  }

  private static String printable(String agent) {
    String clean = agent.replaceAll("[^\\x20-\\x7e]", "?");
    return clean.substring(0, Math.min(AGENT_LENGTH, clean.length()));
  }
}
