package chat.parley.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import io.vertx.junit5.VertxTestContext;
import io.vertx.openapi.contract.OpenAPIContract;
import io.vertx.openapi.contract.Operation;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The contract is judged here, once, and not at each start. */
@ExtendWith(VertxExtension.class)
class ContractTest {
  @Test
  void contractIsWhatTheMetaSchemasOfOpenApiAskFor(Vertx vertx, VertxTestContext test) {
    JsonObject adapted =
        Contract.adapted(
            Contract.parse(Buffer.buffer(Resource.find("openapi.yaml").orElseThrow())));
    OpenAPIContract.from(vertx, adapted)
        .compose(judged -> Contract.load(vertx).map(ours -> pair(judged, ours)))
        .onComplete(
            test.succeeding(
                pair ->
                    test.verify(
                        () -> {
                          assertEquals(pair.get(0), pair.get(1));
                          test.completeNow();
                        })));
  }

  private static List<List<String>> pair(OpenAPIContract judged, Contract ours) {
    return List.of(described(judged.operations()), described(ours.operations()));
  }

  /** Everything that routing and validation take from an operation, references resolved. */
  private static List<String> described(List<Operation> operations) {
    return operations.stream()
        .map(
            each ->
                each.getOperationId()
                    + each.getHttpMethod()
                    + each.getOpenAPIPath()
                    + each.getOpenAPIModel().encode()
                    + each.getParameters().stream()
                        .map(parameter -> parameter.getName() + parameter.getSchema())
                        .collect(Collectors.joining())
                    + (each.getRequestBody() == null
                        ? ""
                        : each.getRequestBody().getContent().entrySet().stream()
                            .map(body -> body.getKey() + body.getValue().getSchema())
                            .sorted()
                            .collect(Collectors.joining())))
        .sorted()
        .toList();
  }
}
