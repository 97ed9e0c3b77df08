package chat.parley.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The example that AWS gives in its documentation of signatures in queries. */
class SigV4Test {
  private static final SigV4 SIGNER =
      new SigV4("us-east-1", "AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");

  @Test
  void addressIsSignedAsInTheExample() {
    URI url = URI.create("https://examplebucket.s3.amazonaws.com/test.txt");
    URI signed = SIGNER.presigned(url, Duration.ofDays(1), Instant.parse("2013-05-24T00:00:00Z"));
    assertEquals(
        "https://examplebucket.s3.amazonaws.com/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256"
            + "&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request"
            + "&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host"
            + "&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404",
        signed.toString());
  }

  @Test
  void secretIsNotTold() {
    var options =
        new MediaOptions.S3(
            URI.create("http://s3.example"), "here", "files", "key", "hush-hush", false);
    assertTrue(options.toString().contains("files") && !options.toString().contains("hush"));
  }
}
