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
  const why = element("p", {class: "wrong", role: "alert"});
  const isOverheard = location.protocol === "http:" && !LOOPBACK.has(location.hostname);
  return element("dialog", {class: "login", "aria-label": "Log in", onclose: askAgain},
    element("h2", {}, "Runmetrics"),
    element("p", {}, session.ended ? "The server does not know your login any longer." : reason()),
    session.provider !== null && elsewhere(session.provider, why),
    session.tokens && byToken(why),
    why,
    isOverheard && element("p", {class: "dim"}, "The connection is not encrypted: others in this network can read what logs you in."));
}

function reason() {
  return session.tokens ? "This server shows its runs to those with a token, which whoever runs it makes."
    : "This server shows its runs to those who log in.";
}

function elsewhere(/** @type {string} */ provider, /** @type {HTMLElement} */ why) {
  return element("p", {},
    element("button", {class: "provider", autofocus: true, onclick: async (/** @type {any} */ event) => {
      event.target.disabled = true;
      say(why, await session.loginElsewhere());
      event.target.disabled = false;
    }}, `Log in with ${provider}`));
}

function byToken(/** @type {HTMLElement} */ why) {
  const token = element("input", {type: "password", name: "token", autocomplete: "current-password", required: true, autofocus: session.provider === null, spellcheck: "false"});
  const button = element("button", {}, "Log in");
  return element("form", {method: "dialog", onsubmit: async (/** @type {Event} */ event) => {
    event.preventDefault();
    button.disabled = true;
    say(why, await session.login(token.value.trim()));
    button.disabled = false;
    token.select();
  }},
  element("label", {}, "Token ", token), button);
}
