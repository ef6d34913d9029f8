/**
 * The rows of a log, of which only some are here: windows of them are fetched when they are seen.
 *
 * What the server answers is the truth. Rows that the socket appends are numbered by counting on,
 * know no line number, and are asked for again when they are seen.
 *
 * @module
 */
import {connection, get, runPath} from "../api/http.js";
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
    this.#adopt(answer, 0, []);
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
      this.#settling = window.setTimeout(() => this.#settle(), SETTLE);
    }
  }

  /** Takes what the socket sent. */
  append(/** @type {number} */ offset, /** @type {string[]} */ lines) {
    this.#blocks.put(this.total, lines.map(text => ({line: null, text})));
    this.total += lines.length;
    this.offset = offset;
    this.#size = Math.max(this.#size, offset);
    this.#ends.push({offset, total: this.total});
    this.#ends.splice(0, this.#ends.length - MOST_ENDS);
    this.#changed();
  }

  /** Finds the row of a line, or of the first one after it. */
  rowOf(/** @type {number} */ line, /** @type {AbortSignal} */ signal) {
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
      this.#take(await this.#get({row, rows: (number + 1) * BLOCK - row}, asked.signal));
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

  /** Asks for the appended rows that are in view: their line numbers are known then. */
  async #settle() {
    const {first, last} = this.#seen;
    const from = range(first, last).find(row => this.row(row)?.line === null) ?? Math.max(first, this.total - LAST);
    const near = this.total - from < MOST_ROWS;
    try {
      // Asked for from the end, the answer reaches it, and comes while rows are not counted yet.
      this.#take(await this.#get(near ? {row: from - this.total - 1, rows: MOST_ROWS} : {row: from, rows: LAST}));
    } catch (problem) {
      this.#failed(this.#closed.signal, problem);
    }
    this.#settling = 0;
    this.#changed();
  }

  #take(/** @type {Answer} */ answer) {
    const end = this.#ends.findLastIndex(it => it.offset === answer.offset);
    const reaches = answer.row + answer.lines.length >= answer.total;
    if (reaches && end >= 0) {
      this.#misses = 0;
      const {total} = this.#ends[end];
      const after = this.#ends.slice(end + 1);
      const rest = range(total, this.total - 1).map(row => this.row(row));
      this.#adopt(answer, answer.total - total, after, rest);
      return;
    }
    if (reaches && ++this.#misses >= MOST_MISSES) {
      this.dispatchEvent(new Event("lost"));
      return;
    }
    if (answer.counted ?? true) {
      this.#blocks.put(answer.row, answer.lines.slice(0, Math.max(0, this.total - answer.row)));
      this.#changed();
    }
  }

  /**
   * Believes an answer that reaches the end: rows after it are numbered anew.
   *
   * @param {Answer} answer
   * @param {number} by how much the numbers change
   * @param {{offset: number, total: number}[]} after where batches ended since
   * @param {(Row | undefined)[]} [rest] rows appended since
   */
  #adopt(answer, by, after, rest = []) {
    if (by !== 0) {
      this.#blocks.forget(this.counted ? Math.max(0, Math.min(answer.row, answer.row - by)) : 0);
    }
    this.#blocks.put(answer.row, answer.lines);
    this.#blocks.put(answer.total, rest);
    this.total = answer.total + rest.length;
    this.#lastLine = answer.lines.at(-1)?.line ?? this.#lastLine;
    this.counted = answer.counted ?? true;
    this.offset = after.at(-1)?.offset ?? answer.offset;
    this.#ends = [{offset: answer.offset, total: answer.total}, ...after.map(it => ({offset: it.offset, total: it.total + by}))];
    if (by !== 0) {
      this.dispatchEvent(new CustomEvent("moved", {detail: by}));
    }
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
