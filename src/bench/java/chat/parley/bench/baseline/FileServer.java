package chat.parley.bench.baseline;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Files by what Vert.x has for them and nothing else: a form's part is streamed to the disk, a GET
 * is answered from there. It asks nobody who they are, and does not wait for the disk.
 */
final class FileServer extends VerticleBase {
  private final int port;
  private Path folder;

  FileServer(int port) {
    this.port = port;
  }

  @Override
  public Future<?> start() {
    try {
      folder = Files.createTempDirectory(Path.of(""), "files");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return vertx
        .createHttpServer(BroadcastServer.options(port))
        .requestHandler(
            request -> {
              if (request.method() == HttpMethod.GET) {
                request.response().sendFile(file());
              } else {
                take(request);
              }
            })
        .listen();
  }

  private void take(HttpServerRequest request) {
    request.setExpectMultipart(true);
    request.uploadHandler(
        part ->
            part.streamToFileSystem(file())
                .onSuccess(kept -> request.response().setStatusCode(201).end("{}"))
                .onFailure(failed -> request.response().setStatusCode(500).end()));
  }

  private String file() {
    return folder.resolve("file").toAbsolutePath().toString();
  }
}
