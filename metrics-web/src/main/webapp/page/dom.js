/**
 * Builds elements, and changes those that are there. Text is always text: nothing that a run says
 * is ever read as markup.
 *
 * What is drawn anew takes nothing away that the user has under the pointer, under the keys or
 * selected: an element that is replaced between the press and the release of a button is never
 * clicked.
 *
 * @module
 */

/**
 * Makes an element.
 *
 * @param {string} tag
 * @param {Record<string, any>} [attributes] listeners by `on…`, properties by `.name`; what is
 *     `false`, `null` or `undefined` is left out
 * @param {...(Node | string | number | null | undefined | false)} children
 * @returns {any}
 */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) {
      continue;
    }
    if (name.startsWith("on")) {
      made.addEventListener(name.slice(2), value);
    } else if (name.startsWith(".")) {
      /** @type {any} */ (made)[name.slice(1)] = value;
    } else {
      made.setAttribute(name, value === true ? "" : String(value));
    }
  }
  append(made, children);
  return made;
}

/** @param {Element} parent @param {any[]} children */
export function append(parent, children) {
  parent.append(...children.filter(child => child !== null && child !== undefined && child !== false)
    .map(child => child instanceof Node ? child : String(child)));
}

/** Gives an element a colour without a style attribute, which the page's policy forbids. */
export function paint(/** @type {HTMLElement} */ target, /** @type {string} */ colour) {
  target.style.setProperty("--colour", colour);
  return target;
}

/** Cuts a long name in the middle, so that its end, which tells it apart, stays. */
export function shortened(/** @type {string} */ name, most = 48) {
  if (name.length <= most) {
    return name;
  }
  const head = Math.ceil((most - 1) / 2);
  return name.slice(0, head) + "…" + name.slice(name.length - (most - 1 - head));
}

/**
 * Lets a row of a table that is in the document say what one says that was made anew. Cells that
 * say the same stay as they are.
 *
 * @param {Element} row
 * @param {Element} made
 */
export function renew(row, made) {
  if (row.className !== made.className) {
    row.className = made.className;
  }
  const cells = [...made.children];
  if (cells.length !== row.children.length) {
    row.replaceChildren(...cells);
    return;
  }
  cells.forEach((cell, at) => {
    const before = row.children[at];
    if (before.isEqualNode(cell)) {
      renewChecks(before, cell);
    } else {
      before.replaceWith(cell);
    }
  });
}

/** Whether a box is checked is no attribute, which is all that nodes are compared by. */
function renewChecks(/** @type {Element} */ cell, /** @type {Element} */ made) {
  const wanted = made.querySelectorAll("input");
  cell.querySelectorAll("input").forEach((box, at) => {
    box.checked = wanted[at].checked;
    box.indeterminate = wanted[at].indeterminate;
  });
}

/**
 * Lets the focus stay on the same control of the same row while rows of a table are renewed.
 *
 * @param {HTMLElement} rows
 * @param {() => void} action
 */
export function keepFocus(rows, action) {
  const focused = rows.contains(document.activeElement) ? document.activeElement : null;
  const row = /** @type {HTMLElement | undefined} */ (focused?.closest("tr"));
  const place = row ? controls(row).indexOf(/** @type {Element} */ (focused)) : -1;
  action();
  if (row && place >= 0 && focused !== document.activeElement) {
    const now = [...rows.children].find(it => keyOf(it) === keyOf(row));
    /** @type {HTMLElement | undefined} */ (now && controls(now)[place])?.focus({preventScroll: true});
  }
}

/** What tells a row of a table from the others. @returns {string} */
export function keyOf(/** @type {Element} */ row) {
  const group = row.getAttribute("data-group");
  return group === null ? `run ${row.getAttribute("data-run")}` : `group ${group}`;
}

function controls(/** @type {Element} */ row) {
  return [...row.querySelectorAll("input, button, a")];
}

/**
 * Fills a list to choose from, if it is another one than before and not in use.
 *
 * @param {HTMLSelectElement} select
 * @param {[string, string][]} wanted values and what is shown for them
 * @param {string} chosen a value, which is added if it is not among them
 */
export function renewOptions(select, wanted, chosen) {
  const all = wanted.some(([value]) => value === chosen) ? wanted : [...wanted, [chosen, chosen]];
  const key = JSON.stringify(all);
  if (select.dataset.options !== key && select !== document.activeElement) {
    select.dataset.options = key;
    select.replaceChildren(...all.map(([value, text]) => element("option", {value}, text)));
  }
  select.value = chosen;
}

/**
 * Calls the first time only, and returns what that returned ever after.
 *
 * @template T
 * @param {() => T} action
 * @returns {() => T}
 */
export function once(action) {
  /** @type {{value: T} | null} */
  let done = null;
  return () => (done ??= {value: action()}).value;
}

/** Calls once a frame at most, however often it is asked to. */
export function onceAFrame(/** @type {() => void} */ action) {
  let asked = false;
  return () => {
    if (!asked) {
      asked = true;
      requestAnimationFrame(() => {
        asked = false;
        action();
      });
    }
  };
}

/** What is drawn in one frame; painting it takes the browser longer than to be told of it. */
const A_FRAME = 2;

/** @type {Set<() => boolean>} */
const waiting = new Set();
const work = onceAFrame(() => {
  let drawn = 0;
  for (const action of [...waiting]) {
    waiting.delete(action);
    drawn += action() ? 1 : 0;
    if (drawn === A_FRAME) {
      break;
    }
  }
  if (waiting.size > 0) {
    work();
  }
});

/**
 * Draws in one of the next frames, once however often it is asked to: no frame gets too much to do.
 *
 * @param {() => boolean} draw returns whether there was anything to draw
 */
export function inTurn(draw) {
  return () => {
    waiting.add(draw);
    work();
  };
}

/** Calls after things have been quiet for a while. */
export function afterQuiet(/** @type {number} */ milliseconds, /** @type {(...given: any[]) => void} */ action) {
  let timer = 0;
  return (/** @type {any[]} */ ...given) => {
    clearTimeout(timer);
    timer = window.setTimeout(() => action(...given), milliseconds);
  };
}

/**
 * Calls a while after it is asked to; what is asked for until then is joined to it. Unlike
 * `afterQuiet` it comes to its turn even if it is asked for without end.
 */
export function throttled(/** @type {number} */ milliseconds, /** @type {() => void} */ action) {
  let timer = 0;
  return () => {
    timer ||= window.setTimeout(() => {
      timer = 0;
      action();
    }, milliseconds);
  };
}

/** Writes a text where it is another one than before: what is written anew is read out anew. */
export function say(/** @type {Element} */ where, /** @type {string} */ text) {
  if (where.textContent !== text) {
    where.textContent = text;
  }
}

/** What is shown where a module cannot be fetched: another version of the server has other ones. */
export function notFetched() {
  return element("p", {class: "empty", role: "alert"},
    "This part of the page cannot be fetched. The server may have been upgraded since the page was opened. ",
    element("button", {onclick: () => location.reload()}, "Reload"));
}
