const MOST = 8;

/** How a picture stands in a frame: `scale` 1 is as the frame shows it whole, `x` and `y` move its middle. Pixels of the frame. */
export class Zoom {
  scale = 1;
  x = 0;
  y = 0;

  /** @param frame {width, height}; @param picture its own size. Measured anew when the window changes. */
  constructor(frame, picture) {
    this.measure(frame, picture);
  }

  get closer() {
    return this.scale > 1;
  }

  /** The size at which the whole of it shows, never enlarged. */
  measure(frame, picture) {
    this.frame = frame;
    const fit = Math.min(1, frame.width / picture.width, frame.height / picture.height) || 1;
    this.shown = { width: picture.width * fit, height: picture.height * fit };
    // A small picture may be looked at as closely as a large one.
    this.most = Math.max(MOST, 2 / fit);
    this.#bound();
  }

  /** `at`: what stays where it is, seen from the middle of the frame. */
  to(scale, at = { x: 0, y: 0 }) {
    const next = Math.min(this.most, Math.max(1, scale));
    const change = next / this.scale;
    this.x = at.x - (at.x - this.x) * change;
    this.y = at.y - (at.y - this.y) * change;
    this.scale = next;
    this.#bound();
  }

  by(factor, at) {
    this.to(this.scale * factor, at);
  }

  pan(dx, dy) {
    this.x += dx;
    this.y += dy;
    this.#bound();
  }

  reset() {
    this.to(1);
  }

  /** No edge comes further in than the frame's. */
  #bound() {
    const reach = (side) => Math.max(0, (this.shown[side] * this.scale - this.frame[side]) / 2);
    this.x = within(this.x, reach('width'));
    this.y = within(this.y, reach('height'));
  }
}

const within = (value, reach) => Math.max(-reach, Math.min(reach, value)) || 0;
