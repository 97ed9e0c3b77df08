package chat.parley.http;

import chat.parley.model.Avatars;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;

/** A picture as it is answered: kept for ever under an address that names it, else asked about. */
final class PictureAnswer {
  /** The address changes with the picture, so this one never does. */
  private static final String FOR_EVER = "private, max-age=31536000, immutable";

  private PictureAnswer() {}

  static Answer to(Call call, Avatars.Picture picture) {
    return tag(picture).equals(call.request().getHeader(HttpHeaderNames.IF_NONE_MATCH))
        ? unchanged(call, picture)
        : picture(call.text("v"), picture);
  }

  private static Answer unchanged(Call call, Avatars.Picture picture) {
    call.request().response().putHeader(HttpHeaderNames.ETAG, tag(picture));
    return new Answer(304, null, null);
  }

  private static Answer picture(String meant, Avatars.Picture picture) {
    Answer.Content content = response -> write(response, meant, picture);
    return Answer.ok(content);
  }

  private static Future<Void> write(
      HttpServerResponse response, String meant, Avatars.Picture picture) {
    boolean named = picture.hash().equals(meant);
    return response
        .putHeader(HttpHeaderNames.CONTENT_TYPE, picture.type())
        .putHeader(HttpHeaderNames.ETAG, tag(picture))
        .putHeader(HttpHeaderNames.CACHE_CONTROL, named ? FOR_EVER : "private, no-cache")
        .end(Buffer.buffer(picture.bytes()));
  }

  private static String tag(Avatars.Picture picture) {
    return "\"" + picture.hash() + "\"";
  }
}
