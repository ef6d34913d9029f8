/**
 * What can be done with a run from its row: colour, baseline, hide.
 *
 * @module
 */
import {element, paint} from "../dom.js";
import {address} from "../state/address.js";
import {choices} from "../state/choices.js";
import {lasting, palette} from "../state/colours.js";
import {nameOf} from "../state/runs.js";

/** @typedef {import("../state/runs.js").Run} Run */

/** Shows the menu below a place in the window. */
export function showRunMenu(/** @type {Run} */ run, /** @type {DOMRect} */ {left, bottom}) {
  const isBase = address.get("base") === run.id;
  const hidden = choices.hidden.has(run.id);
  const menu = element("dialog", {class: "menu", "aria-label": `Run ${nameOf(run)}`, onclose: () => menu.remove(), onclick: (/** @type {any} */ event) => event.target === menu && menu.close()},
    element("div", {class: "colours"}, ...palette().map(colour => paint(element("button", {class: "swatch", "aria-label": `Colour ${colour}`, onclick: () => {
      choices.choose(run.id, lasting(colour));
      menu.close();
    }}), colour))),
    element("button", {onclick: () => (address.set({base: isBase ? null : run.id}), menu.close())}, isBase ? "No baseline" : "Make it the baseline"),
    element("button", {onclick: () => {
      hidden ? choices.show(run.id) : choices.hide(run.id);
      menu.close();
    }}, hidden ? "Show it in this browser again" : "Hide it in this browser"),
    element("button", {onclick: () => (address.set({runs: [run.id]}), menu.close())}, "Open only this one"));
  document.body.append(menu);
  menu.style.setProperty("left", `${Math.min(left, innerWidth - 240)}px`);
  menu.style.setProperty("top", `${Math.min(bottom + 4, innerHeight - 200)}px`);
  menu.showModal();
}
