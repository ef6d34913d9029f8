/**
 * Asks the server, and knows whether it is there.
 *
 * @module
 */

/** What our server answers to one that asks for too much at a time. */
const BUSY = new Set([429, 503]);

/** What it answers to one whom it does not know, and by what its answer is told from a proxy's. */
const UNKNOWN = 401;
const CHALLENGE = 'Bearer realm="Runmetrics"';

/** An answer that is an error, or no answer at all (`status` 0). */
export class Problem extends Error {
  /** @param {number} status @param {string} detail @param {number} [waitSeconds] */
  constructor(status, detail, waitSeconds = 0) {
    super(detail);
    this.status = status;
    this.waitSeconds = waitSeconds;
  }

  /** Whether the page says so elsewhere, and goes on when it is over. */
  get isTold() {
    return this.status === 0 || BUSY.has(this.status) || (this.status === UNKNOWN && connection.locked);
  }
}

const FIRST_WAIT = 1_000;
const LONGEST_WAIT = 30_000;

/** Milliseconds after which a try counts as failed: a server that starts may take it and never answer. */
const PATIENCE = 10_000;

/**
 * What a proxy answers for a server that is gone, and a server whose application is not there, or
 * not yet; ours says what is wrong as JSON.
 */
const NOT_OURS = new Set([404, 500, 502, 503, 504]);

/**
 * Whether the server is there and answers; sends `change` when that changes, and each second while
 * it does not, `back` when it does again, and `unknown` when it may not know who asks.
 */
class Connection extends EventTarget {
  /** When the server went, or `null` while it is there. @type {Date | null} */
  gone = null;
  /** Whether the server is there, but wants to be asked less. */
  limited = false;
  /** Whether nothing can be asked for until somebody logs in. */
  locked = false;
  nextTry = 0;
  #wait = FIRST_WAIT;
  /** Since when it is there. */
  #since = 0;
  #timer = 0;
  /** The try under way; a newer one takes its place. @type {AbortController | null} */
  #trying = null;

  /** Says that the server is there again. */
  works() {
    if (this.gone) {
      this.gone = null;
      this.#since = Date.now();
      clearTimeout(this.#timer);
      this.dispatchEvent(new Event("change"));
      this.again();
    }
  }

  /** Says that no answer came; asks the server from then on whether it is back. */
  failed() {
    if (!this.gone) {
      this.gone = new Date();
      // One that comes back and goes again, perhaps for an answer that always breaks, is asked less.
      const held = Date.now() - this.#since > LONGEST_WAIT;
      this.#wait = held ? FIRST_WAIT : Math.min(LONGEST_WAIT, this.#wait * 2);
      this.limited = false;
      this.#later();
      this.dispatchEvent(new Event("change"));
    }
  }

  /** Says that the server wants no more requests for some seconds. */
  limit(/** @type {number} */ seconds) {
    if (!this.gone && !this.limited) {
      this.limited = true;
      this.nextTry = Date.now() + 1000 * Math.max(1, seconds);
      this.#tick();
      this.dispatchEvent(new Event("change"));
    }
  }

  /** Lets all be asked for again that was refused. */
  again() {
    this.dispatchEvent(new Event("back"));
  }

  /** Says that something was refused, maybe to one whom the server does not know. */
  refused() {
    this.dispatchEvent(new Event("unknown"));
  }

  /** Seconds until the next try. */
  get seconds() {
    return Math.max(0, Math.ceil((this.nextTry - Date.now()) / 1000));
  }

  async tryNow() {
    clearTimeout(this.#timer);
    if (this.limited) {
      this.limited = false;
      this.dispatchEvent(new Event("change"));
      this.again();
      return;
    }
    this.#trying?.abort();
    const trying = new AbortController();
    this.#trying = trying;
    const answers = await isThere(trying);
    if (this.#trying !== trying) {
      return;
    }
    this.#trying = null;
    if (answers) {
      this.works();
    } else if (this.gone) {
      this.#wait = Math.min(LONGEST_WAIT, this.#wait * 2);
      this.#later();
    }
  }

  #later() {
    this.nextTry = Date.now() + this.#wait;
    this.#tick();
  }

  /** Counts down to the next try. */
  #tick() {
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => {
      if (Date.now() >= this.nextTry) {
        this.tryNow();
      } else {
        this.dispatchEvent(new Event("change"));
        this.#tick();
      }
    }, Math.min(1000, Math.max(0, this.nextTry - Date.now())));
  }
}

export const connection = new Connection();

/** Asks the server whether it is there, and not for ever. */
async function isThere(/** @type {AbortController} */ trying) {
  const timer = window.setTimeout(() => trying.abort(), PATIENCE);
  try {
    return (await fetch(address("api/health"), {cache: "no-store", signal: trying.signal})).ok;
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Returns the address of a call.
 *
 * @param {string} path such as `api/runs`
 * @param {Record<string, any>} [parameters] lists may hold any names; what is empty is left out
 */
export function address(path, parameters = {}) {
  const url = new URL(path, document.baseURI);
  for (const [name, value] of Object.entries(parameters)) {
    // A list is written with commas, unless a name has some or ends in what would hide one.
    const isPlain = Array.isArray(value) && !value.some(item => /,|\\$/.test(item));
    for (const text of isPlain ? [value.join(",")] : Array.isArray(value) ? value : [value]) {
      if (text !== undefined && text !== null && text !== "") {
        url.searchParams.append(name, text);
      }
    }
  }
  return url.href;
}

/**
 * Asks for JSON.
 *
 * @param {string} path
 * @param {Record<string, any>} [parameters]
 * @param {AbortSignal} [signal]
 * @returns {Promise<any>}
 */
export async function get(path, parameters = {}, signal = undefined) {
  try {
    return await ask(path, parameters, signal);
  } catch (failure) {
    if (signal?.aborted || !(failure instanceof TypeError)) {
      throw failure;
    }
    // Nothing came, or it broke off, which `fetch` tells as a TypeError.
    connection.failed();
    throw new Problem(0, "The server does not answer");
  }
}

async function ask(
  /** @type {string} */ path, /** @type {Record<string, any>} */ parameters, /** @type {AbortSignal | undefined} */ signal) {
  if (connection.locked) {
    throw new Problem(UNKNOWN, "Nobody is logged in");
  }
  const answer = await fetch(address(path, parameters), {signal, headers: {Accept: "application/json"}});
  if (NOT_OURS.has(answer.status) && !answer.headers.get("Content-Type")?.includes("json")) {
    throw new TypeError("Another server answers");
  }
  if (!answer.ok) {
    const waitSeconds = Number(answer.headers.get("Retry-After") ?? 0);
    if (BUSY.has(answer.status)) {
      connection.limit(waitSeconds);
    }
    if (answer.status === UNKNOWN && answer.headers.get("WWW-Authenticate")?.startsWith(CHALLENGE)) {
      connection.locked = true;
      connection.refused();
    }
    throw new Problem(answer.status, await detail(answer), waitSeconds);
  }
  return answer.json();
}

async function detail(/** @type {Response} */ answer) {
  try {
    return String((await answer.json()).detail);
  } catch {
    return answer.statusText || `Error ${answer.status}`;
  }
}

/** Returns the path of a run's call; ids hold anything. */
export function runPath(/** @type {string} */ id, /** @type {string} */ rest = "") {
  return `api/runs/${encodeURIComponent(id)}${rest}`;
}
