/**
 * The rows in view of a log that may have millions.
 *
 * @module
 */
import {afterQuiet, element, onceAFrame} from "../dom.js";
import {shown} from "./ansi.js";
import {Scale} from "./scale.js";

/** @typedef {import("./windows.js").LogWindows} LogWindows */
/** @typedef {import("./windows.js").Row} Row */
/**
 * @typedef {{
 *   marks: (row: number, text: string) => [number, number][],
 *   isCurrent: (row: number) => boolean,
 *   isChosen: (row: number) => boolean
 * }} Marked which pieces of rows are marked, the row of the match that was gone to, and the one that
 *     the address names
 */

/** The height of a row in pixels, as in the style. */
const HEIGHT = 18;

/** Drawn above and below what is in view, for scrolling without gaps. */
const BEYOND = 12;

export class LogRows extends HTMLElement {
  #scale = new Scale();
  /** Where the scroll bar was left. */
  #scrolled = 0;
  #direction = -1;
  #following = false;
  /** By row. @type {Map<number, {element: HTMLElement, row: Row | undefined, key: string}>} */
  #drawn = new Map();
  #widest = 0;
  /** A row whose marked text is to be seen, once it is there. */
  #aside = -1;
  #draw = onceAFrame(() => this.#render());
  #align = afterQuiet(200, () => this.isConnected && this.#scrollTo());
  #size = new ResizeObserver(() => this.#draw());

  /** @param {LogWindows} windows @param {Marked} marked */
  constructor(windows, marked) {
    super();
    this.windows = windows;
    this.marked = marked;
    this.space = element("div", {class: "space"});
    this.layer = element("div", {class: "rows"});
    this.append(this.space, this.layer);
    this.addEventListener("scroll", () => this.#moved(), {passive: true});
    this.addEventListener("wheel", event => event.deltaY < 0 && this.#letGo(), {passive: true});
    this.addEventListener("keydown", event => this.#key(event));
    this.layer.addEventListener("click", (/** @type {any} */ event) => {
      const line = Number(event.target.closest("button")?.dataset.line);
      if (line > 0) {
        this.dispatchEvent(new CustomEvent("line", {detail: {line, row: Number(event.target.closest("[data-row]").dataset.row)}}));
      }
    });
  }

  connectedCallback() {
    this.setAttribute("role", "log");
    this.setAttribute("aria-live", "off");
    this.tabIndex = 0;
    this.#size.observe(this);
  }

  disconnectedCallback() {
    this.#size.disconnect();
  }

  get following() {
    return this.#following;
  }

  set following(wanted) {
    if (wanted !== this.#following) {
      this.#following = wanted;
      this.dispatchEvent(new Event("follow"));
    }
    this.update();
  }

  /** The rows in view. */
  get view() {
    const first = Math.floor(this.#scale.top / HEIGHT);
    return {first, last: Math.min(this.windows.total, Math.ceil((this.#scale.top + this.clientHeight) / HEIGHT)) - 1};
  }

  /** Draws what has changed. */
  update() {
    this.#draw();
  }

  /** Goes to a row, which is shown in the middle unless it is in view. */
  show(/** @type {number} */ row) {
    const {first, last} = this.view;
    if (row <= first || row >= last) {
      this.#direction = row < first ? -1 : 1;
      this.#scale.top = row * HEIGHT - Math.floor((this.clientHeight - HEIGHT) / 2);
    }
    this.#aside = row;
    this.following = false;
    this.#render();
    this.#scrollTo();
  }

  /** Keeps what is in view where it is, as rows are numbered anew. */
  renumber(/** @type {number} */ by) {
    this.#scale.top += by * HEIGHT;
    this.#draw();
  }

  #render() {
    if (!this.isConnected || this.clientHeight === 0) {
      return;
    }
    const scale = this.#scale;
    scale.fit(this.windows.total * HEIGHT, this.clientHeight);
    this.space.style.setProperty("height", `${scale.space}px`);
    if (this.#following) {
      scale.top = scale.mostTop;
    }
    if (this.#following || !scale.isScaled) {
      this.#scrollTo();
    }
    const {first, last} = this.view;
    const from = Math.max(0, first - BEYOND);
    const to = Math.min(this.windows.total - 1, last + BEYOND);
    this.windows.see(first, last, this.#direction);
    this.layer.style.setProperty("top", `${Math.round(from * HEIGHT - this.#scale.top + this.#scrolled)}px`);
    this.#fill(from, to);
    this.#showMark();
    this.dispatchEvent(new Event("seen"));
  }

  #fill(/** @type {number} */ from, /** @type {number} */ to) {
    for (const [number, {element: gone}] of this.#drawn) {
      if (number < from || number > to) {
        gone.remove();
        this.#drawn.delete(number);
      }
    }
    let next = /** @type {Element | null} */ (this.layer.firstElementChild);
    for (let number = from; number <= to; number++) {
      const before = this.#drawn.get(number)?.element;
      const made = this.#made(number);
      if (before && before !== made) {
        before.replaceWith(made);
        next = next === before ? made : next;
      }
      if (next && made === next) {
        next = next.nextElementSibling;
      } else {
        this.layer.insertBefore(made, next);
      }
    }
    // Rows that come into view may be wider; the scroll bar below does not jump when they leave.
    const wide = this.layer.offsetWidth;
    if (wide > this.#widest && wide > this.clientWidth) {
      this.#widest = wide;
      this.layer.style.setProperty("min-width", `max(100%, ${this.#widest}px)`);
    }
  }

  /** Scrolls aside to marked text that is beyond the end of the view. */
  #showMark() {
    const goal = this.#drawn.get(this.#aside);
    if (goal?.row) {
      const mark = /** @type {HTMLElement | null} */ (goal.element.querySelector("mark"));
      this.#aside = -1;
      const gutter = /** @type {HTMLElement} */ (goal.element.firstElementChild).offsetWidth;
      const left = mark ? mark.offsetLeft : gutter;
      if (left < this.scrollLeft + gutter || left + (mark?.offsetWidth ?? 0) > this.scrollLeft + this.clientWidth) {
        this.scrollLeft = left - gutter < this.clientWidth / 2 ? 0 : left - this.clientWidth / 3;
      }
    }
  }

  #made(/** @type {number} */ number) {
    const row = this.windows.row(number);
    const marks = row ? this.marked.marks(number, row.text) : [];
    const state = `${row ? "" : " waits"}${this.marked.isCurrent(number) ? " current" : ""}${this.marked.isChosen(number) ? " chosen" : ""}`;
    const key = `${marks}${state}`;
    const before = this.#drawn.get(number);
    if (before && before.row === row && before.key === key) {
      return before.element;
    }
    const made = element("div", {
      class: `row${state}`,
      "data-row": number,
    }, row && element("button", {tabindex: -1, "data-line": row.line, "aria-label": row.line === null ? null : `Line ${row.line}`}, row.line?.toString()),
    element("span", {}, ...(row ? shown(row.text, marks) : [])));
    this.#drawn.set(number, {element: made, row, key});
    return made;
  }

  #moved() {
    const scale = this.#scale;
    const by = this.scrollTop - this.#scrolled;
    if (by === 0) {
      return;
    }
    scale.move(this.#scrolled, this.scrollTop);
    this.#scrolled = this.scrollTop;
    this.#direction = Math.sign(by);
    // A view that grows at the end moves up as well, and is still at the end.
    const atEnd = this.#scrolled >= this.scrollHeight - this.clientHeight - 1;
    if (by < 0 && !atEnd) {
      this.#letGo();
    } else if (by > 0 && scale.top >= scale.mostTop - HEIGHT / 2) {
      this.following = true;
    }
    if (scale.isScaled && (atEnd || this.#scrolled <= 0)) {
      this.#scrollTo();
    }
    this.#align();
    this.#draw();
  }

  /** Puts the scroll bar where the rows in view are in the whole log. */
  #scrollTo() {
    const place = this.#scale.scrolled;
    if (Math.abs(place - this.scrollTop) >= 1) {
      this.scrollTop = place;
    }
    if (this.scrollTop !== this.#scrolled) {
      this.#scrolled = this.scrollTop;
      this.#draw();
    }
  }

  #letGo() {
    if (this.#following && this.#scale.mostTop > 0) {
      this.following = false;
    }
  }

  #key(/** @type {KeyboardEvent} */ event) {
    if (event.key === "Home" || event.key === "End") {
      event.preventDefault();
      event.key === "Home" ? this.show(0) : (this.following = true);
    } else if (event.key === "ArrowUp" || event.key === "PageUp") {
      this.#letGo();
    }
  }
}

customElements.define("log-rows", LogRows);
