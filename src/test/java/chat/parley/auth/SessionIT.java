package chat.parley.auth;

import static chat.parley.auth.AuthServer.PASSWORD;
import static chat.parley.auth.AuthServer.get;
import static chat.parley.auth.AuthServer.problem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.bus.Addresses;
import chat.parley.bus.Problem;
import chat.parley.model.Accounts;
import chat.parley.model.Actor;
import chat.parley.model.Caller;
import chat.parley.model.Credential;
import chat.parley.model.SiteSession;
import chat.parley.model.Tokens;
import chat.parley.testing.Await;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The life of a session: opened, renewed, ended. */
class SessionIT {
  @RegisterExtension final AuthServer server = new AuthServer();

  @Test
  void accessTokenSaysWhoIsSpeakingUntilItExpires() {
    Tokens tokens = server.signedIn("alice");
    Caller caller = get(server.verify(tokens.accessToken()));
    assertEquals(tokens.user(), caller.user());
    assertEquals(Caller.Via.TOKEN, caller.via());
    assertNull(caller.csrfToken());
    server.clock.advance(AuthServer.ACCESS_LIFE);
    assertEquals(Problem.UNAUTHENTICATED, problem(server.verify(tokens.accessToken())));
  }

  @Test
  void refreshTokenGivesTheNextPairOfTheSameSession() {
    Tokens first = server.signedIn("alice");
    Tokens second = get(server.refresh(first.refreshToken()));
    assertNotEquals(first.refreshToken(), second.refreshToken());
    assertEquals(
        get(server.verify(first.accessToken())).sessionId(),
        get(server.verify(second.accessToken())).sessionId());
    get(server.refresh(second.refreshToken()));
  }

  @Test
  void secondUseOfARefreshTokenEndsTheFamily() {
    Tokens first = server.signedIn("alice");
    UUID session = get(server.verify(first.accessToken())).sessionId();
    Tokens second = get(server.refresh(first.refreshToken()));
    Future<?> heard = server.hearEndOf(session);
    assertEquals(Problem.UNAUTHENTICATED, problem(server.refresh(first.refreshToken())));
    get(heard);
    assertEquals(Problem.UNAUTHENTICATED, problem(server.refresh(second.refreshToken())));
    assertEquals(Problem.UNAUTHENTICATED, problem(server.verify(second.accessToken())));
    assertTrue(get(server.bus().ask(Addresses.AUTH_ENDED, session)));
  }

  @Test
  void twentyParallelRefreshesHaveAtMostOneLiveChild() {
    Tokens first = server.signedIn("alice");
    List<Future<Tokens>> all = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      all.add(server.refresh(first.refreshToken()));
    }
    get(Future.join(all).otherwiseEmpty());
    assertEquals(1, all.stream().filter(Future::succeeded).count());
    assertEquals("1", server.query("select count(*) from refresh_tokens where spent_at is null"));
    assertEquals("1", server.query("select count(*) from sessions where ended_at is not null"));
    all.stream()
        .filter(Future::succeeded)
        .forEach(
            child ->
                assertEquals(
                    Problem.UNAUTHENTICATED,
                    problem(server.refresh(child.result().refreshToken()))));
  }

  @Test
  void unknownRefreshTokensAreRefused() {
    Tokens tokens = server.signedIn("alice");
    for (String other :
        List.of("", "x", Secrets.next(), tokens.accessToken(), tokens.refreshToken() + "A")) {
      assertEquals(Problem.UNAUTHENTICATED, problem(server.refresh(other)));
    }
    get(server.refresh(tokens.refreshToken()));
  }

  @Test
  void sessionEndsForGoodAfterItsAbsoluteLife() {
    server.clock.advance(Duration.ofDays(-30).plusMinutes(1));
    Tokens tokens = server.signedIn("alice");
    assertEquals(900, tokens.expiresIn());
    server.clock.advance(Duration.ofDays(30).minusMinutes(1));
    Tokens last = get(server.refresh(tokens.refreshToken()));
    assertTrue(last.expiresIn() <= 60, "no token outlives its session");
    server.query("update sessions set expires_at = now() returning 1");
    assertEquals(Problem.UNAUTHENTICATED, problem(server.refresh(last.refreshToken())));
  }

  @Test
  void loggedOutTokenIsRefusedAtOnce() {
    Tokens tokens = server.signedIn("alice");
    Caller caller = get(server.verify(tokens.accessToken()));
    Future<?> heard = server.hearEndOf(caller.sessionId());
    assertEquals(
        Problem.UNAUTHENTICATED,
        problem(server.logout(caller).compose(done -> server.verify(tokens.accessToken()))));
    get(heard);
    assertEquals(Problem.UNAUTHENTICATED, problem(server.refresh(tokens.refreshToken())));
    get(server.logout(caller));
  }

  @Test
  void loggedOutCookieIsRefusedAtOnce() {
    get(server.register("alice"));
    Credential cookie = new Credential.Cookie(server.siteLogin("alice").cookie());
    Caller caller = get(server.verify(cookie));
    assertEquals(
        Problem.UNAUTHENTICATED,
        problem(server.logout(caller).compose(done -> server.verify(cookie))));
  }

  @Test
  void cookieSaysWhoIsSpeakingAndWhatAWriteRepeats() {
    get(server.register("alice"));
    SiteSession first = server.siteLogin("alice");
    SiteSession second = server.siteLogin("alice");
    Caller caller = get(server.verify(new Credential.Cookie(first.cookie())));
    assertEquals(Caller.Via.COOKIE, caller.via());
    assertEquals(first.csrfToken(), caller.csrfToken());
    assertNotEquals(first.csrfToken(), second.csrfToken(), "another session, another token");
    assertEquals(Duration.ofDays(30).toSeconds(), first.maxAgeSeconds());
  }

  @Test
  void otherSecretsAreNoCookies() {
    Tokens tokens = server.signedIn("alice");
    for (String other :
        List.of("", "x", Secrets.next(), tokens.refreshToken(), tokens.accessToken())) {
      assertEquals(Problem.UNAUTHENTICATED, problem(server.verify(new Credential.Cookie(other))));
      assertEquals(Problem.UNAUTHENTICATED, problem(server.verifyTicket(other)));
    }
    assertEquals(Problem.UNAUTHENTICATED, problem(server.verify(tokens.refreshToken())));
  }

  @Test
  void foreignSessionCannotBeEnded() {
    Tokens alice = server.signedIn("alice");
    Tokens mallory = server.signedIn("mallory");
    UUID session = get(server.verify(alice.accessToken())).sessionId();
    Accounts.EndSession wish =
        new Accounts.EndSession(new Actor(mallory.user().id(), "r"), session);
    assertEquals(Problem.NOT_FOUND, problem(server.bus().ask(Addresses.AUTH_LOGOUT, wish)));
    assertFalse(get(server.bus().ask(Addresses.AUTH_ENDED, session)));
    get(server.verify(alice.accessToken()));
  }

  @Test
  void otherNodeLearnsOfALogoutFromTheDatabase() {
    AuthServer other = server.andAnotherNode();
    Tokens tokens = server.signedIn("alice");
    Caller caller = get(other.verify(tokens.accessToken()));
    Future<?> heard = other.hearEndOf(caller.sessionId());
    get(server.logout(caller));
    get(heard);
    assertEquals(Problem.UNAUTHENTICATED, problem(other.verify(tokens.accessToken())));
    other.close();
  }

  @Test
  void restartedNodeRemembersWhatEnded() {
    Tokens tokens = server.signedIn("alice");
    Caller caller = get(server.verify(tokens.accessToken()));
    get(server.logout(caller));
    server.restart(true);
    assertTrue(get(server.bus().ask(Addresses.AUTH_ENDED, caller.sessionId())));
    assertEquals(Problem.UNAUTHENTICATED, problem(server.verify(tokens.accessToken())));
  }

  @Test
  void sessionOpenedMeanwhileByADisabledAccountIsRefused() {
    Tokens tokens = server.signedIn("alice");
    server.query("update users set disabled_at = now() returning 1");
    assertEquals(Problem.UNAUTHENTICATED, problem(server.verify(tokens.accessToken())));
    assertEquals(Problem.UNAUTHENTICATED, problem(server.refresh(tokens.refreshToken())));
  }

  @Test
  void siteSessionEndsWhenNobodyUsesItForAWeek() {
    get(server.register("alice"));
    Credential cookie = new Credential.Cookie(server.siteLogin("alice").cookie());
    server.query(
        "update sessions set last_seen_at = now() - interval '7 days 1 second' returning 1");
    assertEquals(Problem.UNAUTHENTICATED, problem(server.verify(cookie)));
    server.query(
        "update sessions set last_seen_at = now() - interval '6 days 23 hours' returning 1");
    Caller caller = get(server.verify(cookie));
    server.query(
        "update sessions set last_seen_at = now() - interval '7 days 1 second' returning 1");
    assertEquals(
        Problem.UNAUTHENTICATED,
        problem(server.bus().ask(Addresses.AUTH_TICKET, new Accounts.MakeTicket(caller, "r"))));
    assertEquals(
        List.of(),
        get(
            server
                .bus()
                .ask(
                    Addresses.SESSIONS_LIST,
                    new Accounts.ListSessions(caller.userId(), caller.sessionId()))));
  }

  @Test
  void programIsNotAskedHowOftenItComes() {
    Tokens tokens = server.signedIn("alice");
    server.query("update sessions set last_seen_at = now() - interval '29 days' returning 1");
    get(server.verify(tokens.accessToken()));
    get(server.refresh(tokens.refreshToken()));
  }

  @Test
  void useIsSeenAndLeavesNoTraceInTheAudit() {
    get(server.register("alice"));
    Credential cookie = new Credential.Cookie(server.siteLogin("alice").cookie());
    server.query("update sessions set last_seen_at = now() - interval '5 minutes' returning 1");
    String audited = server.query("select count(*) from audit_log");
    get(server.verify(cookie));
    Await.until("the use is noted", this::isSeenLately);
    assertEquals(audited, server.query("select count(*) from audit_log"));
    UUID session = get(server.verify(cookie)).sessionId();
    server.query("update sessions set last_seen_at = now() - interval '59 seconds' returning 1");
    get(server.bus().ask(Addresses.SESSIONS_SEEN, List.of(session)));
    assertFalse(isSeenLately(), "at most once a minute, however many nodes ask");
  }

  private boolean isSeenLately() {
    return server
        .query("select last_seen_at > now() - interval '30 seconds' from sessions")
        .equals("t");
  }

  @Test
  void sessionThatOnlyListensIsInUse() {
    Caller caller = get(server.verify(server.signedIn("alice").accessToken()));
    AuthServer other = server.andAnotherNode();
    server.query("update sessions set last_seen_at = now() - interval '5 minutes' returning 1");
    get(other.bus().ask(Addresses.AUTH_SEEN, List.of(caller.sessionId())));
    Await.until("the use is noted", this::isSeenLately);
    other.close();
  }

  @Test
  void changedNameShowsAtOnceThoughSessionsAreRemembered() {
    Tokens tokens = server.signedIn("alice");
    get(server.verify(tokens.accessToken()));
    server.query("update users set display_name = 'Alice B.' returning 1");
    assertEquals("alice", get(server.verify(tokens.accessToken())).user().displayName());
    server
        .bus()
        .publish(Addresses.ACCOUNT_CHANGED, "", new Accounts.AccountChanged(tokens.user().id()));
    Await.until(
        "the new name",
        () -> get(server.verify(tokens.accessToken())).user().displayName().equals("Alice B."));
  }

  @Test
  void clientMaySayAnythingOfItself() {
    get(server.register("alice"));
    get(
        server
            .bus()
            .ask(
                Addresses.AUTH_LOGIN,
                new Accounts.SignIn(
                    new chat.parley.model.Login("alice", PASSWORD),
                    new chat.parley.model.Device(
                        null, "evil\r\n\u001b[31m\u0000" + "x".repeat(5_000)),
                    "r")));
    assertEquals("evil[31m" + "x".repeat(248), server.query("select agent from sessions"));
  }
}
