/**
 * Images by key, with one slider for the steps of all keys, and other runs beside this one.
 *
 * @module
 */
import {connection, get, runPath} from "../api/http.js";
import {element, renewOptions, shortened} from "../dom.js";
import {address} from "../state/address.js";
import {fullNameOf, nameOf, runs} from "../state/runs.js";

/** So often new images of a run that trains are asked for; milliseconds. */
const EVERY = 10_000;

/** @typedef {{key: string, step: number | null, caption: string | null, url: string, path: string}} Picture */

export class RunImages extends HTMLElement {
  /** By run. @type {Map<string, Picture[]>} */
  #pictures = new Map();
  /** Runs that trained when their images were fetched: there may be more. @type {Set<string>} */
  #growing = new Set();
  #timer = 0;
  #leave = new AbortController();

  /** @param {string} run */
  constructor(run) {
    super();
    this.run = run;
    /** Of all keys, in their order. @type {number[]} */
    this.steps = [];
  }

  connectedCallback() {
    const {signal} = this.#leave;
    address.addEventListener("change", () => this.#load(), {signal});
    connection.addEventListener("back", () => this.#load(), {signal});
    runs.addEventListener("change", () => this.#others(), {signal});
    this.slider = element("input", {type: "range", min: 0, "aria-label": "Step of all images", oninput: (/** @type {any} */ event) => {
      // At the end the slider goes on to images that come.
      address.set({step: event.target.value === event.target.max ? null : String(this.steps[event.target.value])}, {replace: true});
    }});
    this.said = element("output", {});
    this.beside = element("select", {"aria-label": "A run beside it", onchange: () => address.set({with: this.beside.value ? [...address.list("with"), this.beside.value] : null})});
    this.grid = element("div", {class: "pictures"});
    this.append(element("div", {class: "bar"}, element("label", {}, "step ", this.slider, this.said), element("label", {}, "beside ", this.beside)), this.grid);
    this.#timer = window.setInterval(() => this.#again(), EVERY);
    this.#others();
    this.#load();
  }

  disconnectedCallback() {
    clearInterval(this.#timer);
    this.#leave.abort();
  }

  async #load() {
    try {
      for (const run of runs.open) {
        if (!this.#pictures.has(run)) {
          this.#pictures.set(run, (await get(runPath(run, "/images"))).images);
        }
      }
    } catch (problem) {
      this.grid.replaceChildren(element("p", {class: "empty", role: "alert"}, /** @type {any} */ (problem).message));
      return;
    }
    this.#show();
  }

  /** Fetches what runs that train have logged since, and once more when they have ended. */
  async #again() {
    const {signal} = this.#leave;
    let isNew = false;
    for (const run of document.hidden ? [] : runs.open) {
      const before = this.#pictures.get(run);
      const isGrowing = runs.get(run)?.status === "running";
      if (!before || (!isGrowing && !this.#growing.has(run))) {
        continue;
      }
      try {
        const {images} = await get(runPath(run, "/images"), {}, signal);
        isGrowing ? this.#growing.add(run) : this.#growing.delete(run);
        this.#pictures.set(run, images);
        isNew ||= JSON.stringify(images) !== JSON.stringify(before);
      } catch {
        // What there is stays; the page's bar says that the server is gone, and it is tried again.
      }
    }
    if (isNew && !signal.aborted) {
      this.#show();
    }
  }

  #show() {
    const all = runs.open.flatMap(run => this.#pictures.get(run) ?? []);
    const keys = [...new Set(all.map(picture => picture.key))];
    this.steps = [...new Set(all.map(picture => picture.step ?? 0))].toSorted((one, other) => one - other);
    const wanted = address.has("step") ? Number(address.get("step")) : this.steps.at(-1) ?? 0;
    const at = Math.max(0, this.steps.findLastIndex(step => step <= wanted));
    this.slider.max = String(Math.max(0, this.steps.length - 1));
    this.slider.value = String(at);
    this.slider.disabled = this.steps.length < 2;
    this.said.textContent = this.steps.length > 0 ? ` ${this.steps[at]}` : "";
    if (keys.length === 0) {
      this.grid.replaceChildren(element("p", {class: "empty"}, "This run has logged no images. run.log_image(\"key\", image, step=…) logs one."));
      return;
    }
    this.grid.replaceChildren(...keys.map(key => element("section", {},
      element("h3", {title: key}, shortened(key, 60)),
      element("div", {class: "row"}, ...runs.open.map(run => this.#figure(run, key, this.steps[at]))))));
  }

  /** The last picture of a key up to a step. */
  #figure(/** @type {string} */ run, /** @type {string} */ key, /** @type {number} */ step) {
    const picture = (this.#pictures.get(run) ?? []).filter(it => it.key === key && (it.step ?? 0) <= step).at(-1);
    const name = runs.open.length > 1 ? `${nameOf(runs.get(run), run)} · ` : "";
    return element("figure", {},
      picture ? element("a", {href: new URL(picture.url, document.baseURI).href, target: "_blank", rel: "noopener"}, media(picture)) : element("p", {class: "dim"}, "none up to this step"),
      element("figcaption", {title: picture?.caption ?? ""}, `${name}${picture ? `step ${picture.step ?? "–"}` : ""} ${shortened(picture?.caption ?? "", 80)}`));
  }

  #others() {
    const others = runs.all.filter(run => run.id !== this.run).slice(0, 200);
    renewOptions(this.beside, [["", "no other run"],
      ...others.map(run => /** @type {[string, string]} */ ([run.id, fullNameOf(run, run.id)]))], address.list("with").at(-1) ?? "");
  }
}

customElements.define("run-images", RunImages);

function media(/** @type {Picture} */ picture) {
  const src = new URL(picture.url, document.baseURI).href;
  if (/\.mp4$/i.test(picture.path)) {
    return element("video", {src, controls: true, preload: "metadata"});
  }
  if (/\.wav$/i.test(picture.path)) {
    return element("audio", {src, controls: true, preload: "none"});
  }
  return element("img", {src, alt: picture.caption ?? picture.key, loading: "lazy", decoding: "async"});
}
