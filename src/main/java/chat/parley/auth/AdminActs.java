package chat.parley.auth;

import chat.parley.bus.Addresses;
import chat.parley.bus.Bus;
import chat.parley.bus.Problem;
import chat.parley.model.Accounts;
import chat.parley.model.Accounts.AccountChanged;
import chat.parley.model.Admin;
import chat.parley.model.Caller;
import chat.parley.model.Fold;
import chat.parley.model.Ids;
import chat.parley.model.Registration;
import chat.parley.model.Role;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * What administrators do to rows: with a fresh proof, or by a key with the scope for it where
 * nobody is let in by it. Sessions that end by it are over on this node before the answer is on its
 * way.
 */
final class AdminActs {
  private static final String USERS = "users";

  /** What accounts are and what opens them: no key may touch it. */
  private static final Set<String> BY_PEOPLE_ONLY =
      Set.of(
          USERS,
          "sessions",
          "api-keys",
          "password-reset-tokens",
          "passkeys",
          "second-factors",
          "identities");

  private static final int ENDED_AT_ONCE = 1_000;

  private final Bus bus;
  private final Confirmations confirmations;
  private final Administration administration;
  private final MailLinks links;
  private final EndedSessions ended;

  AdminActs(
      Bus bus,
      Confirmations confirmations,
      Administration administration,
      MailLinks links,
      EndedSessions ended) {
    this.bus = bus;
    this.confirmations = confirmations;
    this.administration = administration;
    this.links = links;
    this.ended = ended;
  }

  /** Gives the row's id; fails with NOT_FOUND, CONFIRM_FIRST, SCOPE_MISSING, INVALID, CONFLICT. */
  Future<String> act(Admin.Act act) {
    return mayChange(act.caller(), act.model()).compose(fresh -> run(act));
  }

  private Future<Void> mayChange(Caller caller, String model) {
    return BY_PEOPLE_ONLY.contains(model) && caller.isKey()
        ? Future.failedFuture(Problem.SCOPE_MISSING.because("No key may do this: sign in"))
        : confirmations.requireAdmin(caller);
  }

  private Future<String> run(Admin.Act act) {
    if (act.model().equals(USERS)) {
      switch (act.action()) {
        case "disable":
          return change(act, true, null);
        case "enable":
          return change(act, false, null);
        case "make-admin":
          return change(act, null, Role.ADMIN);
        case "make-user":
          return change(act, null, Role.USER);
        default:
      }
    }
    return act.model().equals("reports") && act.action().equals("disable-author")
        ? author(act)
            .compose(author -> administration.change(disabled(act, author)))
            .compose(disabled -> perform(act))
        : perform(act);
  }

  /** Of the message of a report. */
  private Future<UUID> author(Admin.Act act) {
    Admin.GetRow report =
        new Admin.GetRow(act.caller().actor(act.requestId()), act.model(), act.id());
    return bus.ask(Addresses.ADMIN_GET, report)
        .map(row -> UUID.fromString((String) row.item().get("author")));
  }

  private static Accounts.ChangeUser disabled(Admin.Act act, UUID userId) {
    return new Accounts.ChangeUser(act.caller(), userId, true, null, act.requestId());
  }

  private Future<String> perform(Admin.Act act) {
    Admin.Deed deed =
        new Admin.Deed(
            act.caller().actor(act.requestId()),
            act.model(),
            null,
            act.action(),
            act.id(),
            act.model().equals(USERS) ? named(act) : act.fields(),
            links.next());
    return bus.ask(Addresses.ADMIN_ACT, deed).map(this::announced);
  }

  private Future<String> change(Admin.Act act, Boolean disabled, Role role) {
    Accounts.ChangeUser wish =
        new Accounts.ChangeUser(act.caller(), userId(act.id()), disabled, role, act.requestId());
    return administration.change(wish).map(act.id());
  }

  private static UUID userId(String id) {
    try {
      return UUID.fromString(id);
    } catch (IllegalArgumentException none) {
      throw Problem.NOT_FOUND.failure();
    }
  }

  /** Names by the rules of registration, with the keys they are found under. */
  private static Map<String, Object> named(Admin.Act act) {
    return switch (act.action()) {
      case Admin.CREATE -> made(act.fields());
      case Admin.EDIT -> changed(act.fields());
      default -> act.fields();
    };
  }

  private static Map<String, Object> made(Map<String, Object> fields) {
    Wrong wrong = new Wrong();
    Names names =
        Names.of(
            new Registration(
                (String) fields.get("username"),
                null,
                (String) fields.get("email"),
                (String) fields.get("displayName")),
            wrong);
    wrong.unless(names.email() != null, "/email", "is needed for the letter with the link");
    wrong.refuse();
    return Map.of(
        "id", Ids.next().toString(),
        "username", names.username(),
        "usernameKey", names.usernameKey(),
        "displayName", names.displayName(),
        "displayKey", names.displayKey(),
        "email", names.email(),
        "emailKey", names.emailKey());
  }

  private static Map<String, Object> changed(Map<String, Object> fields) {
    Map<String, Object> changed = new HashMap<>();
    String displayName = (String) fields.get("displayName");
    if (displayName != null) {
      Wrong wrong = new Wrong();
      String name = Names.displayName(displayName, "", wrong);
      wrong.unless(!name.isEmpty(), "/displayName", "holds nothing to see");
      wrong.refuse();
      changed.put("displayName", name);
      changed.put("displayKey", Fold.key(name));
    }
    String email = (String) fields.get("email");
    if (email != null) {
      String address = email.isBlank() ? "" : Names.address(email);
      changed.put("email", address);
      changed.put("emailKey", Fold.key(address));
    }
    return changed;
  }

  /** Announced in parts: a platform may have many people. */
  private String announced(Admin.Done done) {
    List<UUID> over = done.endedSessions();
    for (int from = 0; from < over.size(); from += ENDED_AT_ONCE) {
      ended.add(over.subList(from, Math.min(from + ENDED_AT_ONCE, over.size())));
    }
    done.changedAccounts()
        .forEach(id -> bus.publish(Addresses.ACCOUNT_CHANGED, "", new AccountChanged(id)));
    return done.id();
  }
}
