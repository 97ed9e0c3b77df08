package chat.parley.auth;

import chat.parley.bus.Addresses;
import chat.parley.bus.Bus;
import chat.parley.model.Application;
import chat.parley.model.Applications;
import chat.parley.model.Ids;
import io.vertx.core.Future;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** Platforms that vouch for their people, as administrators keep them. */
final class Platforms {
  private static final int ENDED_AT_ONCE = 1_000;

  private final Bus bus;
  private final Confirmations confirmations;
  private final Seal seal;
  private final EndedSessions ended;

  Platforms(Bus bus, Confirmations confirmations, Seal seal, EndedSessions ended) {
    this.bus = bus;
    this.confirmations = confirmations;
    this.seal = seal;
    this.ended = ended;
  }

  Future<Application> make(Applications.Make ask) {
    Wrong wrong = new Wrong();
    String name = Labels.of(ask.name(), "/name", wrong);
    List<String> origins = ask.origins() == null ? List.of() : origins(ask.origins(), wrong);
    wrong.refuse();
    Applications.Row row =
        new Applications.Row(Ids.next(), name, origins, ask.caller().actor(ask.requestId()));
    return confirmations
        .requireAdmin(ask.caller())
        .compose(admin -> bus.ask(Addresses.APPLICATIONS_CREATE, row));
  }

  Future<Application> change(Applications.Change ask) {
    Wrong wrong = new Wrong();
    String name = ask.name() == null ? null : Labels.of(ask.name(), "/name", wrong);
    List<String> origins = ask.origins() == null ? null : origins(ask.origins(), wrong);
    wrong.refuse();
    Applications.RowChange change =
        new Applications.RowChange(
            ask.id(), name, origins, ask.disabled(), ask.caller().actor(ask.requestId()));
    return confirmations
        .requireAdmin(ask.caller())
        .compose(admin -> bus.ask(Addresses.APPLICATIONS_CHANGE, change))
        .map(
            changed -> {
              end(changed.endedSessions());
              return changed.application();
            });
  }

  Future<Void> remove(Applications.Remove ask) {
    return confirmations
        .requireAdmin(ask.caller())
        .compose(
            admin ->
                bus.ask(
                    Addresses.APPLICATIONS_REMOVE,
                    new Applications.Of(ask.id(), ask.caller().actor(ask.requestId()))))
        .onSuccess(this::end)
        .mapEmpty();
  }

  /** Announced in parts: a platform may have many people. */
  private void end(List<UUID> sessionIds) {
    for (int from = 0; from < sessionIds.size(); from += ENDED_AT_ONCE) {
      ended.add(sessionIds.subList(from, Math.min(from + ENDED_AT_ONCE, sessionIds.size())));
    }
  }

  /** A key of the platform's making, or a secret of ours, which is shown this once. */
  Future<Application.Key> addKey(Applications.AddKey ask) {
    UUID id = Ids.next();
    String secret = ask.publicKey() == null ? Secrets.next() : null;
    PublicKeys.Parsed key =
        secret == null
            ? PublicKeys.parse(ask.publicKey())
            : new PublicKeys.Parsed(
                "HS256", seal.close(id, secret.getBytes(StandardCharsets.US_ASCII)));
    Applications.KeyRow row =
        new Applications.KeyRow(
            id, ask.id(), key.algorithm(), key.encoded(), ask.caller().actor(ask.requestId()));
    return confirmations
        .requireAdmin(ask.caller())
        .compose(admin -> bus.ask(Addresses.APPLICATIONS_ADD_KEY, row))
        .map(made -> new Application.Key(made.id(), made.algorithm(), made.createdAt(), secret));
  }

  Future<Void> removeKey(Applications.RemoveKey ask) {
    Applications.KeyOf key =
        new Applications.KeyOf(ask.id(), ask.keyId(), ask.caller().actor(ask.requestId()));
    return confirmations
        .requireAdmin(ask.caller())
        .compose(admin -> bus.ask(Addresses.APPLICATIONS_REMOVE_KEY, key));
  }

  private static List<String> origins(List<String> raw, Wrong wrong) {
    for (int i = 0; i < raw.size(); i++) {
      wrong.unless(
          origin(raw.get(i)) != null, "/origins/" + i, "must be like https://shop.example");
    }
    return raw.stream().map(Platforms::origin).distinct().toList();
  }

  /** As browsers write it, or null: scheme, host and a port that is not the usual one. */
  private static String origin(String raw) {
    try {
      URI uri = URI.create(raw.strip().toLowerCase(Locale.ROOT));
      String scheme = uri.getScheme();
      boolean web = "https".equals(scheme) || "http".equals(scheme);
      boolean bare = uri.getRawPath().isEmpty() || uri.getRawPath().equals("/");
      boolean more =
          uri.getRawQuery() != null || uri.getRawFragment() != null || uri.getUserInfo() != null;
      if (!web || !bare || more || uri.getHost() == null) {
        return null;
      }
      boolean usual = uri.getPort() == ("https".equals(scheme) ? 443 : 80) || uri.getPort() == -1;
      return scheme + "://" + uri.getHost() + (usual ? "" : ":" + uri.getPort());
    } catch (IllegalArgumentException notAnAddress) {
      return null;
    }
  }
}
