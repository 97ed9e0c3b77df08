package chat.parley.mail;

import java.net.URI;

/**
 * The place that letters come from and lead to, as the operator set it: no request has a say in it.
 *
 * @param url without a slash at the end
 */
record Site(String url) {
  /** How people call it. */
  String name() {
    String authority = URI.create(url).getAuthority();
    return authority == null ? url : authority;
  }

  /** Behind the {@code #}: browsers tell it to no server and to no other page. */
  String at(String place, String token) {
    return url + "/#/" + place + "/" + token;
  }
}
