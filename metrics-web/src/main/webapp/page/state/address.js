/**
 * The address is the state: what is shown can be reloaded, bookmarked and sent to a colleague.
 *
 * Places are `/`, the workspace, and `/runs/<id>`, one run. All else are parameters, which are left
 * out where they are as at the beginning.
 *
 * @module
 */

const base = new URL(document.baseURI).pathname;

class Address extends EventTarget {
  #url = new URL(location.href);
  /** What was read from the address that there is. @type {Map<string, any>} */
  #read = new Map();

  constructor() {
    super();
    addEventListener("popstate", () => this.#changed());
  }

  /** The run of the place, or nothing at the workspace. */
  get run() {
    const match = /^runs\/([^/]+)\/?$/.exec(this.#url.pathname.slice(base.length));
    return match ? decodeURIComponent(match[1]) : null;
  }

  has(/** @type {string} */ name) {
    return this.#url.searchParams.has(name);
  }

  /** @param {string} name @param {string} [otherwise] */
  get(name, otherwise = "") {
    return this.#url.searchParams.get(name) ?? otherwise;
  }

  flag(/** @type {string} */ name) {
    return this.get(name) === "1";
  }

  /** Returns a list, whose names may hold commas: see `listed`. @returns {string[]} */
  list(/** @type {string} */ name) {
    return this.once(`list ${name}`, () => parts(this.get(name)));
  }

  /**
   * Returns what something makes of the address, which it is asked for only once.
   *
   * @template T
   * @param {string} key @param {() => T} read
   * @returns {T}
   */
  once(key, read) {
    if (!this.#read.has(key)) {
      this.#read.set(key, read());
    }
    return this.#read.get(key);
  }

  /** Returns the parameters that begin with a prefix, by the rest of their names. */
  all(/** @type {string} */ prefix) {
    return new Map([...this.#url.searchParams]
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, value]) => [name.slice(prefix.length), value]));
  }

  /**
   * Changes parameters; `null`, `""` and `false` take them out.
   *
   * @param {Record<string, any>} changes
   * @param {{replace?: boolean}} [how] whether the back button forgets the step before
   */
  set(changes, {replace = false} = {}) {
    const url = new URL(this.#url);
    for (const [name, value] of Object.entries(changes)) {
      const text = Array.isArray(value)
        ? listed(value)
        : value === true ? "1" : value;
      if (text === null || text === "" || text === false || text === undefined) {
        url.searchParams.delete(name);
      } else {
        url.searchParams.set(name, text);
      }
    }
    this.#go(url, replace);
  }

  /** Goes to a place: a run, or the workspace. */
  go(/** @type {string | null} */ run, /** @type {Record<string, string>} */ parameters = {}) {
    const url = new URL(run === null ? base : `${base}runs/${encodeURIComponent(run)}`, location.href);
    Object.entries(parameters).forEach(([name, value]) => url.searchParams.set(name, value));
    this.#go(url, false);
  }

  #go(/** @type {URL} */ url, /** @type {boolean} */ replace) {
    // Readable addresses: these are legal in a query, and what names of metrics hold most.
    const href = url.href.replaceAll("%2C", ",").replaceAll("%2F", "/").replaceAll("%3A", ":");
    if (href === location.href) {
      return;
    }
    history[replace ? "replaceState" : "pushState"](null, "", href);
    this.#changed();
  }

  #changed() {
    const before = this.run;
    this.#url = new URL(location.href);
    this.#read.clear();
    this.dispatchEvent(new Event(this.run === before ? "change" : "place"));
  }
}

export const address = new Address();

/**
 * Writes names as one parameter: `loss,val_loss`. A comma in a name is written `\,` and a backslash
 * `\\`, so that a name may begin or end with either.
 */
export function listed(/** @type {string[]} */ names) {
  return names.map(name => name.replace(/[\\,]/g, "\\$&")).join(",");
}

/** Reads what `listed` writes; a backslash before anything else is one of the name. @returns {string[]} */
function parts(/** @type {string} */ text) {
  if (text === "") {
    return [];
  }
  const found = [""];
  for (const [, escaped, sign] of text.matchAll(/\\([\\,])|([^])/g)) {
    if (sign === ",") {
      found.push("");
    } else {
      found[found.length - 1] += escaped ?? sign;
    }
  }
  return found;
}

/** Returns the href of a run's place. */
export function runHref(/** @type {string} */ id, /** @type {string} */ tab = "") {
  return `${base}runs/${encodeURIComponent(id)}${tab ? `?tab=${tab}` : ""}`;
}
