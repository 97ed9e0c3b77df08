package chat.parley.site;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.testing.BrowserExtension;
import chat.parley.testing.Person;
import chat.parley.testing.TestServer;
import chat.parley.testing.Visitor;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.FilePayload;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Ann shows herself to Bob as she wants to be seen, and leaves. */
class ProfileBrowserTest {
  @RegisterExtension static final BrowserExtension browser = new BrowserExtension();
  @RegisterExtension final TestServer server = new TestServer();

  private Person bobsPhone;
  private Visitor ann;

  @BeforeEach
  void annAndBobKnowEachOther() {
    bobsPhone = server.person("bob");
    Person annsPhone = server.person("ann");
    bobsPhone.room("direct", annsPhone);
    ann = Visitor.signedIn(browser.person("ann"), server, annsPhone);
  }

  /** Twice as wide as high: red at the left, blue at the right. */
  private static FilePayload picture() {
    BufferedImage image = new BufferedImage(400, 200, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = image.createGraphics();
    pen.setColor(Color.RED);
    pen.fillRect(0, 0, 200, 200);
    pen.setColor(Color.BLUE);
    pen.fillRect(200, 0, 200, 200);
    pen.dispose();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new FilePayload("me.png", "image/png", bytes.toByteArray());
  }

  /** The colour in the middle of a picture on the page, as `r g b`. */
  private static String middleOf(Locator image) {
    return (String)
        image.evaluate(
            """
            async (image) => {
              await image.decode();
              const canvas = document.createElement('canvas');
              canvas.width = canvas.height = 1;
              const pen = canvas.getContext('2d');
              pen.drawImage(image, image.naturalWidth / 2, image.naturalHeight / 2, 1, 1, 0, 0, 1, 1);
              return [...pen.getImageData(0, 0, 1, 1).data.slice(0, 3)].map((one) => (one > 128 ? 1 : 0)).join(' ');
            }""");
  }

  private void assertNothingBroke() {
    assertEquals(
        List.of(),
        browser.errors().stream()
            .filter(error -> !error.contains("Failed to load resource"))
            .toList());
  }

  @Test
  void croppedPictureIsSeenByOthers() {
    Visitor bob = Visitor.signedIn(browser.person("bob"), server, bobsPhone);
    ann.settings("profile");
    ann.the("avatar-file").setInputFiles(picture());
    assertThat(ann.the("crop")).isFocused();
    assertThat(ann.the("crop")).hasAttribute("data-region", "100 0 200");
    for (int step = 0; step < 12; step++) {
      ann.page().keyboard().press("ArrowLeft");
    }
    assertThat(ann.the("crop")).hasAttribute("data-region", "0 0 200");
    ann.page().keyboard().press("+");
    assertThat(ann.the("crop")).hasAttribute("data-region", Pattern.compile("^\\d+ \\d+ 179$"));
    ann.the("crop-save").click();
    ann.reads("Your picture is saved.");
    assertEquals("1 0 0", middleOf(ann.the("avatar-group").locator("img")));
    ann.the("leave-settings").click();
    ann.open("bob");
    ann.say("Look");

    bob.open("ann");
    bob.sees("Look");
    assertEquals("1 0 0", middleOf(bob.the("message").locator("img")));
    ann.settings("profile");
    ann.the("avatar-remove").click();
    ann.reads("Your picture is gone.");
    assertThat(ann.the("avatar-group").locator("img")).hasCount(0);
    browser.assertNoErrors();
  }

  @Test
  void pictureIsMovedWithTheHand() {
    ann.settings("profile");
    ann.the("avatar-file").setInputFiles(picture());
    assertThat(ann.the("crop")).isVisible();
    var frame = ann.the("crop").boundingBox();
    ann.page().mouse().move(frame.x + 200, frame.y + 100);
    ann.page().mouse().down();
    ann.page().mouse().move(frame.x + 20, frame.y + 100);
    ann.page().mouse().up();
    assertThat(ann.the("crop")).hasAttribute("data-region", "200 0 200");
    ann.the("crop-save").click();
    ann.reads("Your picture is saved.");
    assertEquals("0 0 1", middleOf(ann.the("avatar-group").locator("img")));
    browser.assertNoErrors();
  }

  @Test
  void whatIsNoPictureIsRefusedBesideTheButton() {
    ann.settings("profile");
    ann.the("avatar-file")
        .setInputFiles(new FilePayload("me.png", "image/png", "no picture".getBytes()));
    assertThat(ann.the("avatar-error"))
        .hasText("This file is not a picture that can be shown here.");
    assertThat(ann.the("crop-dialog")).hasCount(0);
    browser.assertNoErrors();
  }

  @Test
  void namesAndStatusAreSaved_andATakenNameIsToldBesideItsField() {
    ann.settings("profile");
    assertThat(ann.the("save-profile")).isDisabled();
    ann.the("profile-name").fill("Ann of the Harbour");
    ann.the("profile-status").fill("On holiday until Monday");
    ann.the("profile-username").fill("bob");
    ann.the("save-profile").click();
    ann.isCorrected("profile-username", "The user name is taken.");
    assertThat(ann.the("profile-username")).isFocused();
    ann.the("profile-username").fill("ann.lee");
    ann.the("save-profile").click();
    ann.reads("Your profile is saved.");
    ann.page().reload();
    assertThat(ann.the("profile-name")).hasValue("Ann of the Harbour");
    assertThat(ann.the("profile-status")).hasValue("On holiday until Monday");
    assertThat(ann.the("profile-username")).hasValue("ann.lee");
    ann.the("leave-settings").click();
    assertThat(ann.page().locator(".me")).containsText("Ann of the Harbour");
    Visitor bob = Visitor.signedIn(browser.person("bob"), server, bobsPhone);
    bob.the("new-room").click();
    bob.the("people-search").fill("Ann of");
    assertThat(bob.the("person").getByTestId("status")).hasText("On holiday until Monday");
    assertNothingBroke();
  }

  @Test
  void timesAreToldInTheChosenZone() {
    ann.open("bob");
    ann.say("What time is it?");
    ann.sees("What time is it?");
    String here = ann.the("message-time").textContent();
    ann.settings("profile");
    ann.the("profile-zone").selectOption("Asia/Kolkata");
    ann.the("save-profile").click();
    ann.reads("Your profile is saved.");
    ann.the("leave-settings").click();
    ann.open("bob");
    assertThat(ann.the("message-time")).not().hasText(here);
    String there = ann.the("message-time").textContent();
    assertNotEquals(here.substring(3), there.substring(3), "half an hour beside the others");
    ann.page().reload();
    assertThat(ann.the("message-time")).hasText(there);
    browser.assertNoErrors();
  }

  @Test
  void dataIsDownloaded_thenTheAccountIsDeleted() {
    ann.settings("account");
    Download data = ann.page().waitForDownload(() -> ann.the("export").click());
    assertEquals("parley-ann.zip", data.suggestedFilename());
    assertTrue(data.path().toFile().length() > 100);

    ann.the("delete-account").click();
    ann.the("delete-confirm").click();
    ann.isCorrected("delete-username", "Please enter “ann”.");
    ann.the("delete-username").fill("ann");
    ann.the("delete-confirm").click();
    ann.isSignedOut();
    assertThat(ann.the("auth-form")).containsText("Your account has been deleted.");
    ann.signIn("ann", Visitor.passwordOf("ann"));
    assertThat(ann.the("form-error")).hasText("User name or password is wrong.");
    assertNothingBroke();
  }
}
