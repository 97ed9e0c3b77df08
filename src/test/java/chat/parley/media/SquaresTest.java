package chat.parley.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.bus.Failure;
import chat.parley.bus.Problem;
import chat.parley.testing.Pictures;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SquaresTest {
  private static BufferedImage square(byte[] file) {
    return Pictures.read(Squares.of(file).bytes());
  }

  private static Problem refusal(byte[] file) {
    return assertThrows(Failure.class, () -> Squares.of(file)).problem();
  }

  private static boolean isNear(Color expected, int rgb) {
    Color seen = new Color(rgb);
    return Math.abs(expected.getRed() - seen.getRed()) < 40
        && Math.abs(expected.getGreen() - seen.getGreen()) < 40
        && Math.abs(expected.getBlue() - seen.getBlue()) < 40;
  }

  private static void assertColour(Color expected, BufferedImage image, int x, int y) {
    assertTrue(
        isNear(expected, image.getRGB(x, y)),
        () -> x + "," + y + ": " + new Color(image.getRGB(x, y)));
  }

  @ParameterizedTest
  @CsvSource({"png,900,700", "jpeg,700,900", "gif,800,600", "png,3001,2999", "jpeg,300,257"})
  void middleBecomesASquare(String format, int width, int height) {
    BufferedImage square = square(Pictures.halves(format, width, height));
    assertEquals(Squares.SIDE, square.getWidth());
    assertEquals(Squares.SIDE, square.getHeight());
    assertColour(Color.RED, square, 60, 128);
    assertColour(Color.BLUE, square, 200, 128);
  }

  @Test
  void smallPictureKeepsItsSize() {
    assertEquals(40, square(Pictures.halves("png", 40, 90)).getWidth());
    assertEquals(1, square(Pictures.halves("png", 1, 1)).getHeight());
  }

  @Test
  void webpIsTaken() {
    BufferedImage square = square(Pictures.webp(600, 400, Color.ORANGE));
    assertEquals(Squares.SIDE, square.getWidth());
    assertColour(Color.ORANGE, square, 100, 100);
  }

  @Test
  void animationShowsItsFirstPicture() {
    BufferedImage square = square(Pictures.animation(3));
    assertEquals(64, square.getWidth());
    assertColour(Color.RED, square, 10, 40);
  }

  @Test
  void whatLetsTheBackgroundThroughStaysPngAndTheRestIsJpeg() {
    Shrinking.Encoded green = Squares.of(Pictures.seeThrough(300));
    assertEquals("image/png", green.type());
    assertEquals(0, Pictures.read(green.bytes()).getRGB(250, 10) >>> 24);
    assertEquals("image/jpeg", Squares.of(Pictures.halves("png", 300, 300)).type());
  }

  /** Where the white line, on top of the file, and the red half, left in it, come to lie. */
  @ParameterizedTest
  @CsvSource({
    "1,128,5,60,128",
    "2,128,5,200,128",
    "3,128,250,200,128",
    "4,128,250,60,128",
    "5,5,128,128,60",
    "6,250,128,128,60",
    "7,250,128,128,200",
    "8,5,128,128,200"
  })
  void pictureIsTurnedUprightAndItsExifIsGone(
      int orientation, int whiteX, int whiteY, int redX, int redY) {
    byte[] photo =
        Pictures.withExif(Pictures.halves("jpeg", 512, 512), orientation, "N 52.5 E 13.4");
    Shrinking.Encoded square = Squares.of(photo);
    BufferedImage image = Pictures.read(square.bytes());
    assertColour(Color.WHITE, image, whiteX, whiteY);
    assertColour(Color.RED, image, redX, redY);
    String kept = new String(square.bytes(), StandardCharsets.ISO_8859_1);
    assertFalse(kept.contains("Exif") || kept.contains("13.4"), "something of the file is left");
  }

  @Test
  void tooManyPixelsAreRefusedBeforeAnyIsDecoded() {
    assertEquals(Problem.TOO_LARGE, refusal(Pictures.bomb(65_535, 65_535)));
    assertEquals(Problem.TOO_LARGE, refusal(Pictures.bomb(40_000_000, 2)));
    assertEquals(Problem.TOO_LARGE, refusal(Pictures.webp(16_383, 16_383, Color.RED)));
    assertEquals(Problem.TOO_LARGE, refusal(Pictures.webp(2_000, 2_000, Color.RED)));
  }

  @Test
  void whatHasNoPixelsIsUnreadableAndAStripeIsNot() {
    assertEquals(Problem.PICTURE_UNREADABLE, refusal(Pictures.bomb(0, 10)));
    assertEquals(60, square(Pictures.bomb(65_535, 60)).getWidth());
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpeg", "gif"})
  void truncatedPictureIsUnreadable(String format) {
    byte[] whole = Pictures.halves(format, 900, 900);
    for (int part : new int[] {whole.length / 2, whole.length / 4, 40, 12}) {
      assertEquals(Problem.PICTURE_UNREADABLE, refusal(Arrays.copyOf(whole, part)), format + part);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        "<!doctype html><script>alert(1)</script>",
        "%PDF-1.7",
        "II*\0........",
        "MM\0*........",
        "8BPS\0\1",
        "%!PS-Adobe-3.0 EPSF-3.0",
        "\0\0\0\fjP  \r\n",
        "BM........",
        "GIF88a",
        "RIFF....WAVE"
      })
  void whatIsNoneOfTheFourIsRefused(String file) {
    assertEquals(Problem.UNSUPPORTED_TYPE, refusal(file.getBytes(StandardCharsets.ISO_8859_1)));
  }

  @Test
  @Timeout(60)
  void noiseBehindARightBeginningNeverBreaksAnything() {
    Random random = new Random(7);
    for (String format : new String[] {"png", "jpeg", "gif", "webp"}) {
      byte[] good =
          format.equals("webp")
              ? Pictures.webp(90, 90, Color.PINK)
              : Pictures.halves(format, 90, 90);
      for (int i = 0; i < 60; i++) {
        byte[] bad = good.clone();
        for (int flips = 0; flips < 6; flips++) {
          bad[12 + random.nextInt(bad.length - 12)] = (byte) random.nextInt();
        }
        try {
          assertTrue(Squares.of(bad).bytes().length > 0);
        } catch (Failure refused) {
          assertTrue(refused.problem().status() < 500, refused::toString);
        }
      }
    }
  }
}
