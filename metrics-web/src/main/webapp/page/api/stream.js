import {address, connection} from "./http.js";

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

  /** @param {Record<string, (data: any) => void>} listeners by the names of events */
  constructor(listeners) {
    this.listeners = listeners;
    connection.addEventListener("back", this.#back);
  }

  /** Listens to these runs from now on, of which only these metrics; all if there are none. */
  listen(/** @type {string[]} */ runs, /** @type {string[]} */ metrics) {
    if (this.#source && same(runs, this.#runs) && same(metrics, this.#metrics)) {
      return;
    }
    this.#runs = runs;
    this.#metrics = metrics;
    this.#cursor = "";
    this.#open();
  }

  close() {
    connection.removeEventListener("back", this.#back);
    this.#source?.close();
    this.#source = null;
  }

  #open() {
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
    source.addEventListener("open", () => connection.works());
    source.addEventListener("error", () => {
      if (this.#source === source) {
        source.close();
        connection.failed();
      }
    });
  }
}

function same(/** @type {string[]} */ one, /** @type {string[]} */ other) {
  return one.length === other.length && one.every((value, index) => value === other[index]);
}
