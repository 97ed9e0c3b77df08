package chat.parley.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.bus.Addresses;
import chat.parley.bus.Problem;
import chat.parley.model.Limit;
import chat.parley.testing.RawHttp.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Limits at a door that has them on and believes this machine's X-Forwarded-For. */
class LimitsTest {
  private static final String LOGIN = "/api/v1/auth/login";
  private static final String MESSAGES = "/api/v1/chat/rooms/" + FakeServices.ROOM + "/messages";

  private Door door;

  @BeforeEach
  void open() throws TimeoutException {
    door = new Door("", true);
  }

  @AfterEach
  void close() throws TimeoutException {
    door.close();
  }

  @Test
  void guessingAPasswordIsStoppedWithoutLockingTheOwnerOut() {
    door.services().fail(Addresses.AUTH_LOGIN, Problem.BAD_CREDENTIALS.failure());
    for (int i = 0; i < Limit.LOGINS_BY_NAME.most(); i++) {
      assertEquals(401, signIn("anna", "192.0.2.1").status());
    }
    Reply refused = signIn("ANNA", "192.0.2.1");
    assertEquals(429, refused.status());
    assertTrue(Integer.parseInt(refused.header("retry-after")) > 0);
    assertTrue(
        refused.header("ratelimit").startsWith("\"logins\";r=0;t="), refused.header("ratelimit"));
    door.services().forget();
    assertEquals(200, signIn("anna", "192.0.2.2").status());
    assertEquals(200, signIn("berta", "192.0.2.1").status());
  }

  @Test
  void onePasswordOnManyAccountsIsStopped() {
    door.services().fail(Addresses.AUTH_LOGIN, Problem.BAD_CREDENTIALS.failure());
    for (int i = 0; i < Limit.LOGINS_BY_ADDRESS.most(); i++) {
      // Addresses of one IPv6 customer are one address.
      assertEquals(401, signIn("user" + i, "2001:db8:0:1::" + Integer.toHexString(i)).status());
    }
    assertEquals(429, signIn("another", "2001:db8:0:1:ffff::").status());
    assertEquals(401, signIn("another", "2001:db8:0:2::").status());
  }

  @Test
  void signingInRightCostsNothing() {
    for (int i = 0; i < 3 * Limit.LOGINS_BY_NAME.most(); i++) {
      assertEquals(200, signIn("anna", "192.0.2.1").status());
    }
  }

  @Test
  void siteAndProgramsShareTheLimit() {
    door.services().fail(Addresses.AUTH_LOGIN, Problem.BAD_CREDENTIALS.failure());
    for (int i = 0; i < Limit.LOGINS_BY_NAME.most(); i++) {
      signIn("anna", "192.0.2.1");
    }
    assertEquals(
        429,
        door.send(
                "POST",
                "/api/v1/session",
                "{\"login\":\"anna\",\"password\":\"x\"}",
                "X-Forwarded-For: 192.0.2.1")
            .status());
  }

  /** Many at once, as a slow machine would let the bucket fill as fast as one empties it. */
  @Test
  void messagesOfOneAccountAreBounded() throws Exception {
    ExecutorService crowd = Executors.newFixedThreadPool(16);
    try {
      Callable<Reply> post = () -> door.as("POST", MESSAGES, "{\"text\":\"spam\"}");
      List<Reply> refused = new ArrayList<>();
      for (Future<Reply> each :
          crowd.invokeAll(Collections.nCopies(2 * Limit.MESSAGES_BY_USER.most(), post))) {
        if (each.get().status() == 429) {
          refused.add(each.get());
        }
      }
      assertFalse(refused.isEmpty());
      assertNotNull(refused.get(0).header("retry-after"));
    } finally {
      crowd.shutdown();
    }
  }

  @Test
  void answersTellHowMuchIsLeft() {
    Reply reply = door.as("GET", "/api/v1/auth/me", "");
    assertEquals("\"requests\";q=1000;w=20", reply.header("ratelimit-policy"));
    assertTrue(
        reply.header("ratelimit").startsWith("\"requests\";r=999;t="), reply.header("ratelimit"));
  }

  @Test
  void offMeansNone() throws TimeoutException {
    try (Door open = new Door("", false)) {
      assertFalse(open.as("GET", "/api/v1/auth/me", "").headers().containsKey("ratelimit"));
    }
  }

  @Test
  void documentHoldsTheSameTable() throws IOException {
    assertTrue(
        Files.readString(Path.of("docs/operations.md")).contains(Limit.table()), Limit.table());
  }

  private Reply signIn(String name, String from) {
    return door.send(
        "POST",
        LOGIN,
        "{\"login\":\"" + name + "\",\"password\":\"guess\"}",
        "X-Forwarded-For: 203.0.113.9, " + from);
  }
}
