/**
 * Hands what the page shows to other programs, as files and by the clipboard.
 *
 * @module
 */
import {element} from "./dom.js";

/** Hands a text or a picture to the user as a file. */
export function download(/** @type {string} */ name, /** @type {Blob} */ content) {
  const url = URL.createObjectURL(content);
  const link = element("a", {href: url, download: name});
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** Copies a text, and says on the button for a moment whether that went well. */
export async function copy(/** @type {string} */ text, /** @type {HTMLElement} */ button) {
  let done = true;
  try {
    // Browsers have no clipboard for pages that came by plain http from another machine.
    await navigator.clipboard.writeText(text);
  } catch {
    done = copySelected(text, button);
  }
  const said = button.dataset.said ??= button.textContent ?? "";
  button.textContent = done ? "Copied" : "Could not copy";
  setTimeout(() => (button.textContent = said), 1200);
}

/** Copies as a user would: from a field whose text is selected. @returns {boolean} whether it could */
function copySelected(/** @type {string} */ text, /** @type {HTMLElement} */ button) {
  const field = element("textarea", {class: "copied", readonly: true, "aria-hidden": "true", ".value": text});
  const focused = /** @type {HTMLElement | null} */ (document.activeElement);
  // While a dialog is open, nothing outside of it can be selected.
  (button.closest("dialog") ?? document.body).append(field);
  field.select();
  try {
    return document.execCommand("copy");
  } catch {
    return false;
  } finally {
    field.remove();
    focused?.focus({preventScroll: true});
  }
}
