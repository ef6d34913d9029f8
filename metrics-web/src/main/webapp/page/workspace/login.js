/**
 * The dialog in which people say who they are.
 *
 * @module
 */
import {session} from "../api/session.js";
import {element, say} from "../dom.js";

/** Names of the machine itself, to which nobody else listens. */
const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** @type {HTMLDialogElement | null} */
let shown = null;

/** Shows the dialog while somebody has to log in. */
export function showLogin() {
  if (session.isNeeded && !shown) {
    shown = dialog();
    document.body.append(shown);
    shown.showModal();
  } else if (!session.isNeeded) {
    shown?.remove();
    shown = null;
  }
}

/** There is nothing to see without a login: who closes the dialog gets it again. */
function askAgain() {
  shown?.remove();
  shown = null;
  showLogin();
}

/** @returns {HTMLDialogElement} */
function dialog() {
  const token = element("input", {type: "password", name: "token", autocomplete: "current-password", required: true, autofocus: true, spellcheck: "false"});
  const why = element("p", {class: "wrong", role: "alert"});
  const button = element("button", {}, "Log in");
  const isOverheard = location.protocol === "http:" && !LOOPBACK.has(location.hostname);
  return element("dialog", {class: "login", "aria-label": "Log in", onclose: askAgain},
    element("h2", {}, "Runmetrics"),
    element("p", {}, session.ended ? "The server does not know your token any longer." : "This server shows its runs to those with a token, which whoever runs it makes."),
    element("form", {method: "dialog", onsubmit: async (/** @type {Event} */ event) => {
      event.preventDefault();
      button.disabled = true;
      say(why, await session.login(token.value.trim()));
      button.disabled = false;
      token.select();
    }},
    element("label", {}, "Token ", token), button),
    why,
    isOverheard && element("p", {class: "dim"}, "The connection is not encrypted: others in this network can read the token."));
}
