package chat.parley.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** {@code java -jar target/parley.jar} as a process of its own, as people run it. */
public final class JarProcess implements AutoCloseable {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final Process process;
  private final int port;
  private final List<String> output = new CopyOnWriteArrayList<>();

  private JarProcess(int port, Process process) {
    this.port = port;
    this.process = process;
    Thread reader = new Thread(this::read, "jar-output");
    reader.setDaemon(true);
    reader.start();
  }

  /** Starts with a data folder on a port and further arguments, and does not wait. */
  public static JarProcess start(Path data, int port, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                // It lives for seconds, in which the better compiler only costs.
                "-XX:TieredStopAtLevel=1",
                "-jar",
                System.getProperty("parley.jar", "target/parley.jar"),
                "--data",
                data.toString(),
                "--port",
                "" + port));
    command.addAll(List.of(arguments));
    try {
      return new JarProcess(
          port,
          new ProcessBuilder(command)
              .directory(data.getParent().toFile())
              .redirectErrorStream(true)
              .start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void read() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      lines.lines().forEach(output::add);
    } catch (IOException | UncheckedIOException gone) {
      // The process has ended.
    }
  }

  /** Waits until the server is ready; returns the milliseconds since {@code sinceNanos}. */
  public long awaitReady(long sinceNanos) {
    Await.until("ready; so far: " + output, () -> !process.isAlive() || isReady());
    if (!process.isAlive()) {
      throw new AssertionError("Ended with " + process.exitValue() + ": " + output);
    }
    return (System.nanoTime() - sinceNanos) / 1_000_000;
  }

  private boolean isReady() {
    try {
      HttpRequest request = HttpRequest.newBuilder(URI.create(url() + "/ready")).build();
      return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  public String url() {
    return "http://127.0.0.1:" + port;
  }

  public List<String> output() {
    return output;
  }

  public long pid() {
    return process.pid();
  }

  /** {@code kill -9}. */
  public void kill() {
    process.destroyForcibly();
    awaitExit();
  }

  /** {@code kill -TERM}. */
  public int terminate() {
    process.destroy();
    return awaitExit();
  }

  public int awaitExit() {
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        throw new AssertionError("Still running: " + output);
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    kill();
  }
}
