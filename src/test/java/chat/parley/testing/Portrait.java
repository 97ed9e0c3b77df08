package chat.parley.testing;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Arc2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;

/**
 * A drawn face for somebody who does not exist, so that pictures of the page show people; colours
 * as 0xRRGGBB.
 */
public record Portrait(int wall, int skin, int hair, int shirt, Cut cut) {
  private static final int SIDE = 256;

  /** How the hair is worn. */
  public enum Cut {
    SHORT,
    LONG,
    BUN,
    BEARD
  }

  /** As a PNG. */
  public byte[] png() {
    BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = image.createGraphics();
    pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    fill(pen, wall, new java.awt.Rectangle(SIDE, SIDE));
    behind(pen);
    fill(pen, shirt, new Ellipse2D.Double(28, 190, 200, 160));
    fill(pen, darker(skin), new RoundRectangle2D.Double(106, 150, 44, 66, 40, 40));
    fill(pen, skin, new Ellipse2D.Double(76, 62, 104, 124));
    before(pen);
    face(pen);
    pen.dispose();
    return Pictures.png(image);
  }

  private void behind(Graphics2D pen) {
    if (cut == Cut.LONG) {
      fill(pen, hair, new RoundRectangle2D.Double(58, 46, 140, 180, 130, 130));
    } else if (cut == Cut.BUN) {
      fill(pen, hair, new Ellipse2D.Double(98, 14, 60, 56));
    }
  }

  private void before(Graphics2D pen) {
    fill(pen, hair, new Arc2D.Double(68, 44, 120, 104, 0, 180, Arc2D.CHORD));
    if (cut == Cut.BEARD) {
      fill(pen, hair, new Arc2D.Double(76, 84, 104, 104, 180, 180, Arc2D.CHORD));
      fill(pen, skin, new Ellipse2D.Double(92, 104, 72, 52));
    }
  }

  private void face(Graphics2D pen) {
    for (int x : new int[] {102, 142}) {
      fill(pen, 0x2b2320, new Ellipse2D.Double(x, 112, 11, 13));
    }
    fill(
        pen,
        cut == Cut.BEARD ? 0xffffff : darker(darker(skin)),
        new Arc2D.Double(108, 130, 40, 26, 180, 180, Arc2D.CHORD));
  }

  private static int darker(int colour) {
    Color full = new Color(colour);
    return new Color(full.getRed() * 5 / 6, full.getGreen() * 4 / 5, full.getBlue() * 4 / 5)
        .getRGB();
  }

  private static void fill(Graphics2D pen, int colour, java.awt.Shape shape) {
    pen.setColor(new Color(colour));
    pen.fill(shape);
  }
}
