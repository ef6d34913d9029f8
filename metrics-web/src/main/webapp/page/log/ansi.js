/**
 * Shows a line of a terminal: its colours (SGR, ECMA-48 8.3.117) by classes, all other sequences
 * not at all. Text stays text.
 *
 * @module
 */
import {element} from "../dom.js";

/** Longer lines are cut: a browser lays out a megabyte in one row for seconds. */
export const MOST_CHARACTERS = 10_000;

/**
 * Colours are numbers from 0 to 15, which the theme knows, or such as `rgb(1, 2, 3)`.
 *
 * @typedef {{front: number | string | null, back: number | string | null, flags: Set<string>}} Look
 */

const SEQUENCE = /\u001b(?:\[([0-?]*)[ -/]*([@-~])?|[\]PX^_][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[ -/]*[0-~]?)|\u0008/g;

/** Characters that would show nothing, or boxes; a tab is one that shows. */
const CONTROLS = /[\u0000-\u0008\u000a-\u001f\u007f]/g;

/** @type {Record<number, string>} */
const ON = {1: "bold", 2: "faint", 3: "italic", 4: "underlined", 7: "reversed", 8: "concealed", 9: "struck", 21: "underlined"};

/** @type {Record<number, string[]>} */
const OFF = {22: ["bold", "faint"], 23: ["italic"], 24: ["underlined"], 27: ["reversed"], 28: ["concealed"], 29: ["struck"]};

/**
 * Returns what a line is shown as.
 *
 * @param {string} text with its escape sequences
 * @param {[number, number][]} [marks] pieces to mark, as places in the text without sequences
 * @returns {Node[]}
 */
export function shown(text, marks = []) {
  const {pieces, plain} = read(text);
  const nodes = /** @type {Node[]} */ ([]);
  const cuts = marks.flat();
  for (const piece of pieces) {
    if (piece.start >= MOST_CHARACTERS) {
      break;
    }
    const end = Math.min(piece.end, MOST_CHARACTERS);
    const places = [piece.start, ...cuts.filter(place => place > piece.start && place < end), end];
    for (let i = 0; i + 1 < places.length; i++) {
      const marked = marks.some(([from, to]) => from <= places[i] && places[i] < to);
      nodes.push(part(plain.slice(places[i], places[i + 1]), piece.look, marked));
    }
  }
  if (plain.length > MOST_CHARACTERS) {
    nodes.push(element("span", {class: "rest"}, ` … ${(plain.length - MOST_CHARACTERS).toLocaleString("en-US")} more characters`));
  }
  return nodes;
}

/** Returns the text as it is read. */
export function plainOf(/** @type {string} */ text) {
  return text.replace(SEQUENCE, "");
}

/** Splits a line where its look changes. */
function read(/** @type {string} */ text) {
  const pieces = /** @type {{start: number, end: number, look: Look}[]} */ ([]);
  let look = /** @type {Look} */ ({front: null, back: null, flags: new Set()});
  let plain = "";
  let from = 0;
  const take = (/** @type {number} */ to) => {
    if (to > from) {
      pieces.push({start: plain.length, end: plain.length + to - from, look});
      plain += text.slice(from, to);
    }
  };
  for (const match of text.matchAll(SEQUENCE)) {
    take(match.index);
    from = match.index + match[0].length;
    if (match[2] === "m") {
      look = changed(look, match[1]);
    }
  }
  take(text.length);
  return {pieces, plain};
}

/** Returns a look after a sequence, whose numbers are separated by `;`, those of one colour by `:` too. */
function changed(/** @type {Look} */ look, /** @type {string} */ parameters) {
  const codes = parameters.split(";").flatMap(code => (/^[345]8:2:/.test(code)
    // The true colour with colons holds the number of a colour space, which is mostly left out.
    ? code.split(":").filter((_, place, all) => place !== 2 || all.length < 6) : code.split(":"))).map(Number);
  const next = {...look, flags: new Set(look.flags)};
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i];
    if (code === 0) {
      next.front = next.back = null;
      next.flags.clear();
    } else if (ON[code]) {
      next.flags.add(ON[code]);
    } else if (OFF[code]) {
      OFF[code].forEach(flag => next.flags.delete(flag));
    } else if (code === 38 || code === 48) {
      const wide = codes[i + 1] === 2;
      next[code === 38 ? "front" : "back"] = wide ? rgb(codes.slice(i + 2, i + 5)) : ofPalette(codes[i + 2]);
      i += wide ? 4 : 2;
    } else if (code === 39) {
      next.front = null;
    } else if (code === 49) {
      next.back = null;
    } else if (within(code, 30, 37) || within(code, 90, 97)) {
      next.front = code < 90 ? code - 30 : code - 82;
    } else if (within(code, 40, 47) || within(code, 100, 107)) {
      next.back = code < 100 ? code - 40 : code - 92;
    }
  }
  return next;
}

/** Returns a colour of the 256: 16 of the theme, a cube of 6 × 6 × 6, and 24 greys. */
function ofPalette(/** @type {number} */ number) {
  if (!within(number, 0, 255)) {
    return null;
  }
  if (number < 16) {
    return number;
  }
  if (number >= 232) {
    return rgb([0, 0, 0].fill(8 + 10 * (number - 232)));
  }
  const level = (/** @type {number} */ step) => (step % 6 === 0 ? 0 : 55 + 40 * (step % 6));
  const place = number - 16;
  return rgb([level(Math.floor(place / 36)), level(Math.floor(place / 6)), level(place)]);
}

function rgb(/** @type {number[]} */ values) {
  return values.length === 3 && values.every(value => within(value, 0, 255)) ? `rgb(${values.join(", ")})` : null;
}

function within(/** @type {number} */ value, /** @type {number} */ from, /** @type {number} */ to) {
  return value >= from && value <= to;
}

/** A piece of a line of one look. */
function part(/** @type {string} */ text, /** @type {Look} */ look, /** @type {boolean} */ marked) {
  const seen = text.replace(CONTROLS, control => (control === "\u007f" ? "\u2421" : String.fromCharCode(0x2400 + control.charCodeAt(0))));
  const {front, back, flags} = look;
  if (front === null && back === null && flags.size === 0) {
    return marked ? element("mark", {}, seen) : document.createTextNode(seen);
  }
  const made = element(marked ? "mark" : "span", {class: [...flags].join(" ") || null});
  colour(made, "front", front);
  colour(made, "back", back);
  made.append(seen);
  return made;
}

function colour(/** @type {HTMLElement} */ target, /** @type {"front" | "back"} */ side, /** @type {number | string | null} */ value) {
  if (typeof value === "number") {
    target.classList.add(`${side}-${value}`);
  } else if (value !== null) {
    target.classList.add(side);
    target.style.setProperty(`--${side}`, value);
  }
}
