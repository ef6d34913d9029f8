/**
 * The lines of a log as they are written, over a socket.
 *
 * @module
 */
import {address, connection, get, Problem, runPath} from "../api/http.js";

const FIRST_WAIT = 1_000;
const LONGEST_WAIT = 30_000;

/** A socket that is refused opens all the same, and closes at once; milliseconds. */
const LASTS = 1_000;

/** Close codes of RFC 6455 and its registry. */
const POLICY = 1008;
const TRY_LATER = 1013;

/**
 * @typedef {{
 *   lines: (offset: number, lines: string[]) => void,
 *   bar: (text: string) => void,
 *   info: (text: string) => void,
 *   refused: (why: string, tryAt: number) => void,
 *   opened: () => void,
 *   lost: () => void
 * }} Listeners `refused` comes with the time of the next try, 0 if there is none; `lost` when it is
 *     time to begin anew; `opened` when the socket has lasted
 */

export class LogTail {
  /** @type {WebSocket | null} */
  #socket = null;
  #wait = FIRST_WAIT;
  #timer = 0;
  #said = "";

  /** @param {string} run @param {Listeners} listeners */
  constructor(run, listeners) {
    this.run = run;
    this.listeners = listeners;
  }

  /** Listens to all lines after a place. */
  open(/** @type {number} */ offset) {
    this.close();
    const url = address(runPath(this.run, "/logs/ws"), {after: offset, progress: "collapse", bar: "live"});
    const socket = new WebSocket(url.replace(/^http/, "ws"), "metrics.logs.v2");
    this.#socket = socket;
    this.#said = "";
    socket.addEventListener("open", () => (this.#timer = window.setTimeout(() => this.listeners.opened(), LASTS)));
    socket.addEventListener("message", event => this.#socket === socket && this.#take(JSON.parse(event.data)));
    socket.addEventListener("close", event => this.#socket === socket && this.#closed(event));
  }

  close() {
    clearTimeout(this.#timer);
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
  }

  #take(/** @type {any} */ message) {
    if (message.lines) {
      this.#wait = FIRST_WAIT;
      this.listeners.lines(message.offset, message.lines);
    }
    if (typeof message.bar === "string") {
      this.#wait = FIRST_WAIT;
      this.listeners.bar(message.bar);
    }
    if (message.info) {
      this.listeners.info(message.info);
    }
    if (message.error) {
      this.#said = message.error;
    }
  }

  /** Finds out whether the server is gone, which the page's bar tells, or only this socket. */
  async #closed(/** @type {CloseEvent} */ event) {
    this.#socket = null;
    clearTimeout(this.#timer);
    try {
      await get("api/health");
    } catch (problem) {
      if (/** @type {Problem} */ (problem).status === 0) {
        connection.addEventListener("back", () => this.#socket === null && this.listeners.lost(), {once: true});
        return;
      }
    }
    if (this.#socket !== null) {
      return;
    }
    if (event.code === POLICY) {
      this.listeners.refused(this.#said || event.reason || "This page may not follow the log", 0);
      return;
    }
    const why = event.code === TRY_LATER ? "Too many logs are followed from this machine at once"
      : this.#said || (event.wasClean ? "" : "The log cannot be followed for now");
    this.listeners.refused(why, Date.now() + this.#wait);
    this.#timer = window.setTimeout(() => this.listeners.lost(), this.#wait);
    this.#wait = Math.min(LONGEST_WAIT, this.#wait * 2);
  }
}
