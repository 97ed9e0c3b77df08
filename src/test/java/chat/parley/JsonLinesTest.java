package chat.parley;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class JsonLinesTest {
  private final ListAppender<ILoggingEvent> events = new ListAppender<>();
  private final Logger log = new LoggerContext().getLogger("chat.parley.Test");

  @Test
  void s77_eventIsOneLineWithItsRequestIdAndItsTrace() {
    events.start();
    log.addAppender(events);
    String said = "name\r\n2026 ERROR \u001b[31m\u2028";
    log.atError()
        .setCause(new IllegalStateException("one\ntwo"))
        .addKeyValue("requestId", "0192")
        .log("Request {} failed", said);
    String line = new String(new JsonLines().encode(events.list.get(0)), StandardCharsets.UTF_8);
    assertTrue(line.stripTrailing().chars().noneMatch(Character::isISOControl), line);
    JsonObject event = new JsonObject(line);
    assertEquals("Request " + said + " failed", event.getString("message"));
    assertEquals("ERROR", event.getString("level"));
    assertEquals("0192", event.getString("requestId"));
    assertTrue(event.getString("error").startsWith("java.lang.IllegalStateException: one\ntwo"));
  }
}
