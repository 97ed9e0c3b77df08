package chat.parley.auth;

import chat.parley.model.Fold;
import chat.parley.model.Registration;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Names for somebody whom a platform or a provider vouches for. They keep the rules of every name
 * here; what does not fit is left out, and in the end somebody is called {@code user-} and a
 * number.
 */
final class PlatformNames {
  private static final SecureRandom RANDOM = new SecureRandom();

  /** Leaves room for a number behind it. */
  private static final int LONGEST = 26;

  private PlatformNames() {}

  /** The names to try, best first: a name may be taken by the time it is asked for. */
  static List<Names> of(PlatformToken.Claims claims) {
    return of(
        Arrays.asList(claims.name(), claims.email(), claims.subject()),
        claims.name(),
        claims.email());
  }

  /** The same, called after the first of these that can be a user name. */
  static List<Names> of(List<String> wishes, String name, String email) {
    List<String> usernames = new ArrayList<>();
    wishes.stream()
        .filter(text -> text != null)
        .map(PlatformNames::mailbox)
        .map(PlatformNames::username)
        .filter(PlatformNames::fits)
        .findFirst()
        .ifPresent(
            username -> {
              usernames.add(username);
              usernames.add(username + "-" + (100 + RANDOM.nextInt(900)));
              usernames.add(username + "-" + (10_000 + RANDOM.nextInt(90_000)));
            });
    usernames.add("user-" + (1_000_000_000L + RANDOM.nextInt(Integer.MAX_VALUE)));
    return usernames.stream().map(username -> names(username, name, email)).toList();
  }

  private static String mailbox(String text) {
    return text.indexOf('@') < 0 ? text : text.substring(0, text.indexOf('@'));
  }

  private static String username(String text) {
    StringBuilder kept = new StringBuilder();
    Fold.nfkc(text)
        .toLowerCase(Locale.ROOT)
        .strip()
        .codePoints()
        .map(c -> Character.isWhitespace(c) ? '.' : c)
        .filter(c -> Letters.ofWord(c) || c == '.' || c == '_' || c == '-')
        .limit(LONGEST)
        .forEach(kept::appendCodePoint);
    return kept.toString().replaceAll("^[._-]+|[._-]+$", "");
  }

  private static boolean fits(String username) {
    return isRight(new Registration(username, null, null, null));
  }

  private static Names names(String username, String name, String email) {
    String display = isRight(new Registration(username, null, null, name)) ? name : null;
    String address = isRight(new Registration(username, null, email, null)) ? email : null;
    return Names.of(new Registration(username, null, address, display), new Wrong());
  }

  private static boolean isRight(Registration wish) {
    Wrong wrong = new Wrong();
    Names.of(wish, wrong);
    return wrong.isNothing();
  }
}
