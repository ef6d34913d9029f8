/**
 * What a search finds in a log: as much of it as was asked for.
 *
 * @module
 */
import {get, runPath} from "../api/http.js";

/** @typedef {{row: number, line: number, text: string, at: [number, number][]}} Match */
/** @typedef {{q: string, regex: boolean, case: boolean}} Query */

/** Matches that are asked for at once. */
const LIMIT = 1000;

/** Kept at once. */
const MOST_MATCHES = 20_000;

export class Matches {
  /** How many rows of the whole log match. */
  count = 0;
  /** Whether the server looked at all rows. */
  complete = true;
  /** Rows of the log that were searched. */
  total = 0;
  /** By row. @type {Map<number, Match>} */
  #matches = new Map();
  /** Stretches of rows whose matches are all here. @type {{from: number, to: number}[]} */
  #known = [];
  /** The number of a match among all, from 1, by row, where that is known. @type {Map<number, number>} */
  #places = new Map();

  /**
   * @param {string} run
   * @param {Query} query
   * @param {() => number} rows how many the log has now
   * @param {AbortSignal} signal
   */
  constructor(run, query, rows, signal) {
    this.run = run;
    this.query = query;
    this.rows = rows;
    this.signal = signal;
  }

  /** @returns {Match | undefined} */
  at(/** @type {number} */ row) {
    return this.#matches.get(row);
  }

  place(/** @type {number} */ row) {
    return this.#places.get(row);
  }

  /** Whether all matches of some rows are here. */
  covers(/** @type {number} */ first, /** @type {number} */ last) {
    return this.#known.some(({from, to}) => from <= first && last <= to);
  }

  /** Finds the number of a match where few requests do: if all come at once. */
  async number(/** @type {number} */ row) {
    if (!this.#places.has(row) && this.count > 0 && this.count <= LIMIT) {
      await this.load(0);
    }
  }

  /** Returns the first match from a row on. @returns {Promise<number | null>} */
  async next(/** @type {number} */ row) {
    const known = this.#known.find(({from, to}) => from <= row && row <= to);
    const found = known && this.#rows().find(it => it >= row && it <= known.to);
    if (found !== undefined) {
      return found;
    }
    const start = known ? known.to + 1 : row;
    if (start >= this.total) {
      return null;
    }
    await this.load(start);
    return this.#rows().find(it => it >= start) ?? null;
  }

  /**
   * Returns the last match before a row. Looks back as far as has hundreds of matches, if they are
   * spread evenly, or else further.
   *
   * @returns {Promise<number | null>}
   */
  async before(/** @type {number} */ row) {
    for (let back = Math.ceil(this.total / this.count * LIMIT / 2); ; back *= 4) {
      const known = this.#known.find(({from, to}) => from < row && row - 1 <= to);
      const found = known && this.#rows().findLast(it => it < row && it >= known.from);
      if (found !== undefined) {
        return found;
      }
      const end = known ? known.from : row;
      if (end <= 0) {
        return null;
      }
      for (let start = Math.max(0, end - back); start < end;) {
        start = await this.load(start);
      }
    }
  }

  /**
   * Asks for matches from a row on.
   *
   * @returns {Promise<number>} the row after those whose matches are here now
   */
  async load(/** @type {number} */ row) {
    const rows = this.rows();
    const answer = await get(runPath(this.run, "/logs/search"), {...this.query, row, limit: LIMIT}, this.signal);
    const matches = /** @type {Match[]} */ (answer.matches);
    const last = matches.at(-1)?.row ?? -1;
    const isEnd = matches.length < LIMIT && answer.complete;
    this.#makeRoom();
    matches.forEach(match => this.#matches.set(match.row, match));
    this.count = answer.count;
    this.complete = answer.complete;
    this.total = Math.max(rows, last + 1, row + 1);
    const first = row === 0 ? 1 : isEnd ? answer.count - matches.length + 1 : (this.#places.get(row - 1) ?? NaN) + 1;
    if (!Number.isNaN(first)) {
      matches.forEach((match, place) => this.#places.set(match.row, first + place));
    }
    // After a search that took too long there is nothing to be found by asking again.
    const to = matches.length < LIMIT ? this.total - 1 : last;
    this.#join({from: row, to});
    return to + 1;
  }

  #makeRoom() {
    if (this.#matches.size > MOST_MATCHES) {
      this.#matches.clear();
      this.#known = [];
    }
  }

  #join(/** @type {{from: number, to: number}} */ added) {
    const touching = this.#known.filter(({from, to}) => from <= added.to + 1 && to >= added.from - 1);
    const joined = {from: Math.min(added.from, ...touching.map(it => it.from)), to: Math.max(added.to, ...touching.map(it => it.to))};
    this.#known = [...this.#known.filter(it => !touching.includes(it)), joined];
  }

  #rows() {
    return [...this.#matches.keys()].sort((one, other) => one - other);
  }
}
