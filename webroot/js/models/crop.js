/** How much closer than "just covers the frame" one can look. */
const CLOSEST = 8;

/**
 * Which square of a picture shows in a square frame: moved by `pan`, scaled by `zoomTo`, and always covering the frame.
 * Lengths are of the frame's own unit; `region` is in the picture's pixels. Every verb is a constant number of steps.
 */
export class Crop {
  zoom = 1;

  constructor({ width, height, frame }) {
    Object.assign(this, { width, height, frame });
    this.#centre = { x: width / 2, y: height / 2 };
  }

  /** The point of the picture in the middle of the frame. */
  #centre;

  get closest() {
    return Math.max(1, Math.min(CLOSEST, Math.min(this.width, this.height) / 64));
  }

  /** Frame lengths per pixel of the picture. */
  get scale() {
    return (this.frame / Math.min(this.width, this.height)) * this.zoom;
  }

  /** The square of the picture that shows. */
  get region() {
    const size = this.frame / this.scale;
    return { x: this.#centre.x - size / 2, y: this.#centre.y - size / 2, size };
  }

  /** Where the whole picture lies in the frame. */
  get placed() {
    const { x, y } = this.region;
    return { x: -x * this.scale, y: -y * this.scale, width: this.width * this.scale, height: this.height * this.scale };
  }

  /** The picture follows the hand by this much. */
  pan(x, y) {
    this.#look(this.#centre.x - x / this.scale, this.#centre.y - y / this.scale);
  }

  /** Scales around a point of the frame, its middle unless said otherwise: what lies there stays there. */
  zoomTo(zoom, at = { x: this.frame / 2, y: this.frame / 2 }) {
    const offset = { x: at.x - this.frame / 2, y: at.y - this.frame / 2 };
    const held = { x: this.#centre.x + offset.x / this.scale, y: this.#centre.y + offset.y / this.scale };
    this.zoom = Math.min(this.closest, Math.max(1, zoom));
    this.#look(held.x - offset.x / this.scale, held.y - offset.y / this.scale);
  }

  #look(x, y) {
    const half = this.frame / this.scale / 2;
    const within = (value, length) => Math.min(length - half, Math.max(half, value));
    this.#centre = { x: within(x, this.width), y: within(y, this.height) };
  }
}
