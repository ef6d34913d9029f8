/**
 * Where a view is in a log that may be higher than a browser lets any element be.
 *
 * @module
 */

/** Browsers make no element higher than 16 or 33 million pixels; beyond this, places are scaled. */
const MOST_PIXELS = 6_000_000;

/** A move within so many heights of the view is one by rows, a longer one by the scroll bar. */
const NEAR = 3;

/**
 * So many heights of the view at both ends are not scaled: there the scroll bar must not be at its
 * end before the log is.
 */
const ENDS = 20;

export class Scale {
  /** The place in the whole log, in pixels that are not scaled. */
  top = 0;
  /** The height of the whole log. */
  #whole = 0;
  #view = 0;

  /** Takes the heights of the whole log and of what is seen of it. */
  fit(/** @type {number} */ whole, /** @type {number} */ view) {
    this.#whole = whole;
    this.#view = view;
    this.top = Math.max(0, Math.min(this.mostTop, this.top));
  }

  get mostTop() {
    return Math.max(0, this.#whole - this.#view);
  }

  get isScaled() {
    return this.#whole > MOST_PIXELS;
  }

  /** The height of what is scrolled. */
  get space() {
    return Math.min(this.#whole, MOST_PIXELS);
  }

  /** As far as it can be scrolled. */
  get mostScrolled() {
    return Math.max(0, this.space - this.#view);
  }

  /** Where the scroll bar is for the place in the whole log. */
  get scrolled() {
    return Math.round(this.#between(this.top, this.mostTop, this.mostScrolled));
  }

  /** Takes a move of the scroll bar: by rows it is as far as it looks, by the bar in proportion. */
  move(/** @type {number} */ from, /** @type {number} */ to) {
    if (!this.isScaled) {
      this.top = to;
    } else if (Math.abs(to - from) < NEAR * this.#view) {
      this.top += to - from;
    } else {
      this.top = this.#between(to, this.mostScrolled, this.mostTop);
    }
    this.top = Math.max(0, Math.min(this.mostTop, this.top));
  }

  /** Takes a place out of one length to the same place in another: as far from an end, or in proportion. */
  #between(/** @type {number} */ place, /** @type {number} */ from, /** @type {number} */ to) {
    const end = ENDS * this.#view;
    if (!this.isScaled || place <= end) {
      return Math.max(0, Math.min(place, to));
    }
    return place >= from - end ? to - Math.max(0, from - place) : end + (place - end) / (from - 2 * end) * (to - 2 * end);
  }
}
