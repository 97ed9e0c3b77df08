package chat.parley.apidocs;

import chat.parley.testing.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What docs/api gives people to run, is run: on a fresh server, as they would. */
class ApiExamplesIT {
  @RegisterExtension final TestServer server = new TestServer();

  @Test
  void firstStepsOfThePostmanCollectionFillItsVariables() throws Exception {
    new PostmanRunner(PostmanTest.read(), server.url() + "/api/v1").run("First steps");
  }
}
