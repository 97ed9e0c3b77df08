package chat.parley.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import io.vertx.junit5.VertxTestContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class GatheredTest {
  private final List<List<Integer>> statements = new ArrayList<>();
  private final List<Promise<Map<Integer, String>>> answers = new ArrayList<>();

  private Future<Map<Integer, String>> read(List<Integer> keys) {
    statements.add(keys);
    Promise<Map<Integer, String>> answer = Promise.promise();
    answers.add(answer);
    return answer.future();
  }

  @Test
  void whatIsAskedTogetherIsReadTogether(Vertx vertx, VertxTestContext test) {
    vertx.runOnContext(
        turn -> {
          Gathered<Integer, String> gathered = new Gathered<>(vertx, 500, this::read);
          List<Future<Optional<String>>> first =
              List.of(gathered.ask(1), gathered.ask(2), gathered.ask(2));
          vertx.runOnContext(
              next -> {
                // Under way: what comes now waits for the next statement.
                Future<Optional<String>> late = gathered.ask(1);
                answers.get(0).complete(Map.of(1, "one"));
                answers.get(1).fail("the database is away");
                test.verify(
                    () -> {
                      assertEquals(List.of(List.of(1, 2), List.of(1)), statements);
                      assertEquals(Optional.of("one"), first.get(0).result());
                      assertEquals(Optional.empty(), first.get(1).result());
                      assertEquals(Optional.empty(), first.get(2).result());
                      assertTrue(late.failed());
                      test.completeNow();
                    });
              });
        });
  }

  @Test
  void noStatementIsEndless(Vertx vertx, VertxTestContext test) {
    vertx.runOnContext(
        turn -> {
          Gathered<Integer, String> gathered = new Gathered<>(vertx, 500, this::read);
          IntStream.range(0, 1_200).forEach(gathered::ask);
          vertx.runOnContext(
              next -> {
                answers.get(0).complete(Map.of());
                answers.get(1).complete(Map.of());
                test.verify(
                    () -> {
                      assertEquals(
                          List.of(500, 500, 200), statements.stream().map(List::size).toList());
                      test.completeNow();
                    });
              });
        });
  }
}
