import {address, connection} from "./http.js";

/** Milliseconds until a stream that was refused is asked for again. */
const FIRST_WAIT = 2_000;
const LONGEST_WAIT = 60_000;

/** Milliseconds after which a page that nobody looks at ends its stream, to go on when it is seen. */
const HIDDEN = 10_000;

/**
 * The events of many runs, and of the list of runs, over one connection.
 *
 * The browser's EventSource gives up for good when the server answers an error, so it is made anew
 * when the server is back, and goes on where it was: the id of the last event is the cursor.
 */
export class RunStream {
  /** @type {EventSource | null} */
  #source = null;
  #cursor = "";
  /** @type {string[]} */
  #runs = [];
  /** @type {string[]} */
  #metrics = [];
  #back = () => this.#open();
  #leaving = 0;
  /** Browsers have six connections to a server for all tabs, so one that nobody looks at gives back its own. */
  #looked = () => {
    clearTimeout(this.#leaving);
    if (document.hidden) {
      this.#leaving = window.setTimeout(() => {
        this.#source?.close();
        this.#source = null;
      }, HIDDEN);
    } else if (!this.#source && this.#begins) {
      this.#open();
    }
  };
  /** Whether it was ever asked to listen. */
  #begins = false;
  #wait = FIRST_WAIT;
  #timer = 0;

  /**
   * @param {Record<string, (data: any) => void>} listeners by the names of events
   * @param {(runs: string[]) => void} begun hears of which runs it tells from now on, but not what was
   *     before; of the list of runs it never tells what was before
   */
  constructor(listeners, begun) {
    this.listeners = listeners;
    this.begun = begun;
    connection.addEventListener("back", this.#back);
    document.addEventListener("visibilitychange", this.#looked);
  }

  /** Listens to these runs from now on, of which only these metrics; all if there are none. */
  listen(/** @type {string[]} */ runs, /** @type {string[]} */ metrics) {
    if (this.#source && same(runs, this.#runs) && same(metrics, this.#metrics)) {
      return;
    }
    this.#begins = true;
    this.#runs = runs;
    this.#metrics = metrics;
    this.#cursor = "";
    this.#open();
  }

  close() {
    connection.removeEventListener("back", this.#back);
    document.removeEventListener("visibilitychange", this.#looked);
    clearTimeout(this.#leaving);
    clearTimeout(this.#timer);
    this.#source?.close();
    this.#source = null;
  }

  #open() {
    clearTimeout(this.#timer);
    this.#source?.close();
    const source = new EventSource(
      address("api/v2/series/stream", {
        list: true,
        runs: this.#runs,
        metrics: this.#metrics,
        cursor: this.#cursor,
      }));
    this.#source = source;
    for (const [name, listener] of Object.entries(this.listeners)) {
      source.addEventListener(name, event => {
        if (event.lastEventId) {
          this.#cursor = event.lastEventId;
        }
        listener(JSON.parse(event.data));
      });
    }
    source.addEventListener("open", () => {
      this.#wait = FIRST_WAIT;
      connection.works();
      this.begun(this.#cursor === "" ? this.#runs : []);
    });
    source.addEventListener("error", () => {
      if (this.#source !== source) {
        return;
      }
      // Closed by the browser: refused by a server that is there. Otherwise the connection is lost.
      const refused = source.readyState === EventSource.CLOSED;
      source.close();
      if (refused) {
        connection.refused();
        this.#timer = window.setTimeout(() => this.#open(), this.#wait);
        this.#wait = Math.min(LONGEST_WAIT, 2 * this.#wait);
      } else {
        connection.failed();
      }
    });
  }
}

function same(/** @type {string[]} */ one, /** @type {string[]} */ other) {
  return one.length === other.length && one.every((value, index) => value === other[index]);
}
