/**
 * Filters of runs and of metrics: words, of which all must be found, `re:/…/` for a regular
 * expression, `status:running`, and for runs `name=value`, `name>value` and `name<value` for
 * parameters and best values. A `-` before any of them turns it round.
 *
 * @module
 */

/**
 * @typedef {(text: string, facts?: Record<string, any>) => boolean} Filter
 */

/**
 * Reads a filter.
 *
 * @param {string} text
 * @returns {{matches: Filter, wrong: string}} `wrong` says what cannot be read; that part lets all through
 */
export function parseFilter(text) {
  /** @type {Filter[]} */
  const parts = [];
  let wrong = "";
  for (const word of words(text)) {
    const negated = word.length > 1 && word.startsWith("-");
    try {
      const part = parsePart(negated ? word.slice(1) : word);
      parts.push(negated ? (it, facts) => !part(it, facts) : part);
    } catch {
      wrong = `${word} is not a regular expression`;
    }
  }
  return {matches: (it, facts = {}) => parts.every(part => part(it, facts)), wrong};
}

function words(/** @type {string} */ text) {
  return text.match(/-?re:\/(?:\\.|[^\\/])*\/i?|\S+/g) ?? [];
}

/** @returns {Filter} */
function parsePart(/** @type {string} */ word) {
  const expression = /^re:\/(.*?)\/?(i?)$/.exec(word);
  if (expression) {
    const pattern = new RegExp(expression[1], expression[2]);
    return text => pattern.test(text);
  }
  const status = /^status:(.+)$/.exec(word);
  if (status) {
    const wanted = status[1].split(",");
    return (_text, facts) => wanted.includes(facts?.status);
  }
  const comparison = /^([^=<>]+)(=|<|>)(.+)$/.exec(word);
  if (comparison) {
    const [, name, sign, value] = comparison;
    return (_text, facts) => compares(facts && Object.hasOwn(facts, name) ? facts[name] : null, sign, value);
  }
  const part = word.toLocaleLowerCase();
  return text => text.toLocaleLowerCase().includes(part);
}

function compares(/** @type {any} */ fact, /** @type {string} */ sign, /** @type {string} */ value) {
  if (fact === undefined || fact === null) {
    return false;
  }
  if (sign === "=") {
    return String(fact) === value || (value.trim() !== "" && Number(fact) === Number(value));
  }
  return sign === "<" ? Number(fact) < Number(value) : Number(fact) > Number(value);
}
