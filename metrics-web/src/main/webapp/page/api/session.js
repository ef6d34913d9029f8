/**
 * Who is logged in, where the server asks for it.
 *
 * @module
 */
import {address, connection} from "./http.js";

/** Between two looks at whether somebody has logged in elsewhere; milliseconds. */
const AGAIN = 3_000;

/** Sends `change` when somebody is logged in or out, or has to log in. */
class Session extends EventTarget {
  /** Whether the server asks people who they are. */
  asks = false;
  /** Whether a token can be said to log in. */
  tokens = true;
  /** Who else logs people in, if somebody does. @type {string | null} */
  provider = null;
  /** Who is logged in. @type {string | null} */
  user = null;
  /** Whether somebody was logged in whom the server does not know any longer. */
  ended = false;
  /** The question under way. @type {Promise<void> | null} */
  #asked = null;
  /** Of the answers only those count that were asked for after the last login. */
  #logins = 0;
  #timer = 0;
  /** @type {Promise<void> | null} */
  #first = null;

  constructor() {
    super();
    connection.addEventListener("unknown", () => this.load());
    document.addEventListener("visibilitychange", () => this.isNeeded && this.load());
  }

  /** Is there once the server has said whether it asks, or could not. */
  get known() {
    return this.#first ?? this.load();
  }

  /** Whether nothing can be seen until somebody logs in. */
  get isNeeded() {
    return this.asks && this.user === null;
  }

  /** Asks the server; one that does not answer has said nothing. */
  load() {
    this.#asked ??= this.#ask().finally(() => (this.#asked = null));
    this.#first ??= this.#asked;
    return this.#asked;
  }

  async #ask() {
    const logins = this.#logins;
    try {
      const answer = await fetch(address("api/session"), {cache: "no-store"});
      if (answer.ok && logins === this.#logins) {
        this.#take(await answer.json());
      }
    } catch {
      // The page's bar tells that the server is gone.
    }
    // A cookie that another tab was given is ours too.
    clearTimeout(this.#timer);
    if (connection.locked && !document.hidden) {
      this.#timer = window.setTimeout(() => this.load(), AGAIN);
    }
  }

  /**
   * Logs in.
   *
   * @param {string} token
   * @returns {Promise<string>} why not, an empty text if it is done
   */
  async login(token) {
    if (!/^[\x21-\x7e]+$/.test(token)) {
      return "A token has only letters, digits, - and _";
    }
    try {
      const answer = await fetch(address("api/session"), {method: "POST", headers: {Authorization: `Bearer ${token}`}});
      if (!answer.headers.get("Content-Type")?.includes("json")) {
        return `Something in front of the server answers ${answer.status}`;
      }
      if (!answer.ok) {
        return String((await answer.json()).detail);
      }
      this.#logins++;
      this.#asked = null;
      await this.load();
      return this.user === null ? "The browser kept no cookie" : "";
    } catch {
      return "The server does not answer";
    }
  }

  /** Goes to the provider, and comes back to this place. @returns {Promise<string>} why not */
  async loginElsewhere() {
    const whole = location.pathname + location.search + location.hash;
    // The server takes no longer place to come back to, and no sign that browsers read as a slash.
    const here = whole.length > 1000 || whole.includes("\\") ? location.pathname : whole;
    try {
      const answer = await fetch(address("api/session/provider", {return: here}), {method: "POST"});
      if (!answer.headers.get("Content-Type")?.includes("json")) {
        return `Something in front of the server answers ${answer.status}`;
      }
      const told = await answer.json();
      if (!answer.ok) {
        return String(told.detail);
      }
      location.assign(told.address);
      return "";
    } catch {
      return "The server does not answer";
    }
  }

  /** Logs out. @returns {Promise<string>} why not */
  async logout() {
    try {
      const answer = await fetch(address("api/session"), {method: "DELETE"});
      if (!answer.ok) {
        return String((await answer.json()).detail);
      }
      location.reload();
      return "";
    } catch {
      return "The server does not answer";
    }
  }

  #take(/** @type {{login: boolean, tokens: boolean, provider: string | null, user: string | null}} */ {login, tokens, provider, user}) {
    const begins = connection.locked && (user !== null || !login);
    this.ended ||= this.user !== null && user === null;
    this.asks = login;
    this.tokens = tokens;
    this.provider = provider;
    this.user = user;
    connection.locked = this.isNeeded;
    this.dispatchEvent(new Event("change"));
    if (begins) {
      this.ended = false;
      connection.again();
    }
  }
}

export const session = new Session();
