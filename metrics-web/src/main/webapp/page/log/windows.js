/**
 * The rows of a log, of which only some are here: windows of them are fetched when they are seen.
 *
 * What the server answers is the truth. Rows that the socket appends are numbered by counting on,
 * know no line number, and are asked for again when they are seen.
 *
 * @module
 */
import {connection, get, runPath} from "../api/http.js";
import {plainOf} from "./ansi.js";
import {BLOCK, RowBlocks} from "./blocks.js";
import {rowOf} from "./line.js";

/** @typedef {import("./blocks.js").Row} Row */
/** @typedef {{row: number, total: number, counted?: boolean, lines: Row[], offset: number, size: number}} Answer */

/** The server answers no more at once. */
const MOST_ROWS = 2000;

/** The rows that are asked for first, and when numbers of the last ones are missing. */
const LAST = 200;

/** Until line numbers of appended rows are asked for; milliseconds. */
const SETTLE = 700;

/** Places where the socket's lines ended, by which an answer is held against them. */
const MOST_ENDS = 400;

/** As often an answer may fit between two batches of the socket, until it is opened anew. */
const MOST_MISSES = 4;

export class LogWindows extends EventTarget {
  total = 0;
  /** Whether the first answer has come. */
  known = false;
  /** Whether rows are numbered for sure; the server estimates while it still counts. */
  counted = true;
  /** Where the socket goes on. */
  offset = 0;
  #size = 0;
  /** The state of the bar that is being drawn now, which is shown apart from the rows. */
  #bar = "";
  /** Whether the last row may be of a line that has no end yet. */
  #isOpen = false;
  /** The number of the last line that was seen. */
  #lastLine = 0;
  #blocks = new RowBlocks();
  /** By number of the block. @type {Map<number, AbortController>} */
  #asked = new Map();
  /** @type {{offset: number, total: number}[]} */
  #ends = [];
  #misses = 0;
  #settling = 0;
  #pauseUntil = 0;
  #closed = new AbortController();
  #seen = {first: 0, last: -1};

  /** @param {string} run */
  constructor(run) {
    super();
    this.run = run;
  }

  /** Asks for the end of the log, from where a socket may go on. */
  async open() {
    const answer = await this.#get({row: -LAST, rows: LAST});
    if (this.#isOther(answer)) {
      this.#blocks.forget();
    }
    this.#cancel();
    this.known = true;
    this.#misses = 0;
    this.#blocks.forget(answer.row);
    this.total = answer.total;
    this.#ends = [];
    this.counted = true;
    this.#bar = "";
    this.#adopt(answer);
  }

  close() {
    clearTimeout(this.#settling);
    this.#closed.abort();
    this.#cancel();
  }

  /** Forgets all rows, as the log is another one. */
  forget() {
    this.#cancel();
    this.#blocks.forget();
    this.#ends = [];
    this.#size = 0;
    this.total = 0;
    this.#changed();
  }

  /** @returns {Row | undefined} */
  row(/** @type {number} */ number) {
    return this.#blocks.get(number);
  }

  /** Says which rows are in view: what is missing is fetched, what is out of view is not any more. */
  see(/** @type {number} */ first, /** @type {number} */ last, /** @type {number} */ direction) {
    this.#seen = {first, last};
    const ahead = direction * (last - first + 1) * 2;
    const from = Math.max(0, Math.min(first, first + ahead));
    const to = Math.min(this.total - 1, Math.max(last, last + ahead));
    if (connection.gone) {
      return;
    }
    const blocks = range(Math.floor(from / BLOCK), Math.floor(to / BLOCK));
    for (const [number, asked] of this.#asked) {
      if (!blocks.includes(number)) {
        asked.abort();
        this.#asked.delete(number);
      }
    }
    for (const number of blocks.sort((one, other) => distance(one, first) - distance(other, first))) {
      this.#blocks.see(number);
      const missing = range(Math.max(from, number * BLOCK), Math.min(to, number * BLOCK + BLOCK - 1)).find(row => !this.row(row));
      if (missing !== undefined && !this.#asked.has(number) && Date.now() >= this.#pauseUntil) {
        const start = range(number * BLOCK, missing).find(row => !this.row(row)) ?? missing;
        this.#ask(number, start);
      }
    }
    if (!this.#settling && (!this.counted || range(first, last).some(row => this.row(row)?.line === null))) {
      this.#settling = window.setTimeout(() => this.#settle(), this.counted ? SETTLE : 0);
    }
  }

  /** Takes what the socket sent. */
  append(/** @type {number} */ offset, /** @type {string[]} */ lines) {
    this.#blocks.put(this.total, lines.map(text => ({line: null, text})));
    this.total += lines.length;
    this.offset = offset;
    this.#size = Math.max(this.#size, offset);
    this.#isOpen = false;
    this.#ends.push({offset, total: this.total});
    this.#ends.splice(0, this.#ends.length - MOST_ENDS);
    this.#changed();
  }

  /** Takes the state of the bar that is being drawn; what the rows hold of it is not shown twice. */
  draw(/** @type {string} */ bar) {
    this.#bar = bar;
    const last = this.row(this.total - 1);
    if (this.#isOpen && last && isOfBar(last.text, bar)) {
      this.total--;
      this.#blocks.forget(this.total);
      this.#ends.forEach(end => (end.total = Math.min(end.total, this.total)));
      this.#isOpen = false;
    }
    this.#changed();
  }

  /** Finds the row of a line, or of the first one after it. */
  async rowOf(/** @type {number} */ line, /** @type {AbortSignal} */ signal) {
    if (!this.counted) {
      await this.#count();
    }
    return rowOf(line, {total: this.total, lastLine: this.#lastLine}, async (row, rows) => {
      const answer = await this.#get({row, rows}, signal);
      this.#take(answer);
      return answer;
    });
  }

  async #ask(/** @type {number} */ number, /** @type {number} */ row) {
    const asked = new AbortController();
    this.#asked.set(number, asked);
    try {
      // Rows that are not counted yet come at once if they are asked for from the end.
      const from = this.counted ? row : row - this.total;
      this.#take(await this.#get({row: from, rows: (number + 1) * BLOCK - row}, asked.signal));
    } catch (problem) {
      this.#failed(asked.signal, problem);
    } finally {
      if (this.#asked.get(number) === asked) {
        this.#asked.delete(number);
      }
    }
    // Long rows come in several answers.
    this.#changed();
  }

  /** Waits until the server has counted all rows: it does so for who asks for one by its number. */
  async #count() {
    await this.#get({row: 0, rows: 1});
    this.#take(await this.#get({row: -LAST, rows: LAST}));
  }

  /** Asks for the appended rows that are in view: their line numbers are known then. */
  async #settle() {
    try {
      if (!this.counted) {
        await this.#count();
      }
      const {first, last} = this.#seen;
      const from = range(first, last).find(row => this.row(row)?.line === null) ?? Math.max(first, this.total - LAST);
      const near = this.total - from < MOST_ROWS;
      // Asked for from the end, the answer reaches it.
      this.#take(await this.#get(near ? {row: from - this.total - 1, rows: MOST_ROWS} : {row: from, rows: LAST}));
    } catch (problem) {
      this.#failed(this.#closed.signal, problem);
    }
    this.#settling = 0;
    this.#changed();
  }

  #take(/** @type {Answer} */ answer) {
    if (answer.counted === false) {
      this.#blocks.put(answer.row - answer.total + this.total, answer.lines);
      this.#changed();
      return;
    }
    const end = this.#ends.findLast(it => it.offset === answer.offset);
    const reaches = answer.row + answer.lines.length >= answer.total;
    if (reaches && end) {
      this.#misses = 0;
      this.#adopt(answer, end);
      return;
    }
    if (reaches && ++this.#misses >= MOST_MISSES) {
      this.dispatchEvent(new Event("lost"));
      return;
    }
    this.#blocks.put(answer.row, answer.lines.slice(0, Math.max(0, this.total - answer.row)));
    this.#changed();
  }

  /**
   * Believes an answer that reaches the end: rows after it are numbered anew.
   *
   * @param {Answer} answer
   * @param {{offset: number, total: number}} [end] where the socket's lines were when it was made
   */
  #adopt(answer, end = {offset: answer.offset, total: answer.total}) {
    const after = this.#ends.filter(it => it.total > end.total);
    const rest = range(end.total, this.total - 1).map(row => this.row(row));
    const isOpen = answer.offset < answer.size;
    const isBar = isOpen && rest.length === 0 && isOfBar(answer.lines.at(-1)?.text ?? "", this.#bar);
    const lines = isBar ? answer.lines.slice(0, -1) : answer.lines;
    const total = isBar ? answer.total - 1 : answer.total;
    const by = total - end.total;
    if (by !== 0) {
      this.#blocks.forget(this.counted ? answer.row : 0);
    }
    this.#blocks.put(answer.row, lines);
    this.#blocks.put(total, rest);
    this.total = total + rest.length;
    this.#isOpen = isOpen && !isBar && rest.length === 0;
    this.#lastLine = lines.at(-1)?.line ?? this.#lastLine;
    this.offset = after.at(-1)?.offset ?? answer.offset;
    this.#ends = [{offset: answer.offset, total}, ...after.map(it => ({offset: it.offset, total: it.total + by}))];
    if (by !== 0 && !this.counted) {
      this.dispatchEvent(new CustomEvent("moved", {detail: by}));
    }
    this.counted = answer.counted ?? true;
    this.#changed();
  }

  /** Whether the last rows are not what they were, so that all are forgotten. */
  #isOther(/** @type {Answer} */ answer) {
    return answer.lines.some((row, place) => {
      const before = this.row(answer.row + place);
      return before && before.text !== row.text;
    });
  }

  async #get(/** @type {Record<string, number>} */ wanted, /** @type {AbortSignal | undefined} */ signal = undefined) {
    const before = this.#size;
    const answer = /** @type {Answer} */ (await get(runPath(this.run, "/logs"), wanted,
      signal ? AbortSignal.any([signal, this.#closed.signal]) : this.#closed.signal));
    if (answer.size < before && this.known) {
      this.forget();
      this.dispatchEvent(new Event("lost"));
    }
    this.#size = Math.max(this.#size, answer.size);
    return answer;
  }

  #cancel() {
    this.#asked.forEach(asked => asked.abort());
    this.#asked.clear();
  }

  #failed(/** @type {AbortSignal} */ signal, /** @type {any} */ problem) {
    if (!signal.aborted && !this.#closed.signal.aborted) {
      const wait = 1000 * Math.max(1, problem.waitSeconds ?? 0);
      this.#pauseUntil = Date.now() + wait;
      setTimeout(() => this.#changed(), wait);
      this.dispatchEvent(new CustomEvent("problem", {detail: problem}));
    }
  }

  #changed() {
    this.dispatchEvent(new Event("change"));
  }
}

/** @returns {number[]} */
function range(/** @type {number} */ from, /** @type {number} */ to) {
  return Array.from({length: Math.max(0, to - from + 1)}, (_, place) => from + place);
}

function distance(/** @type {number} */ block, /** @type {number} */ row) {
  return Math.abs(block - row / BLOCK);
}

/** Whether a row shows the same bar as another state does: but for figures and the bar itself. */
function isOfBar(/** @type {string} */ row, /** @type {string} */ bar) {
  const name = (/** @type {string} */ text) => plainOf(text).replace(/[\d\s.:,|/<>=#?_\u2500-\u259f-]+/g, "");
  return bar !== "" && name(row) === name(bar);
}
