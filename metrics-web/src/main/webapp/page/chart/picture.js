/**
 * A chart as a picture: what is on the screen, with a title and a legend.
 *
 * @module
 */
import {formatNumber} from "../numbers.js";
import {logTicks} from "./plot.js";

/** @typedef {import("./chart.js").RunChart} RunChart */

const TITLE = 28;
const ROW = 18;
const LEGEND_MOST = 20;

/** @returns {Promise<Blob>} twice as fine as the screen */
export async function toPng(/** @type {RunChart} */ chart) {
  const {width, height, text} = svgOf(chart);
  const image = new Image();
  image.src = URL.createObjectURL(new Blob([text], {type: "image/svg+xml"}));
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = width * 2;
  canvas.height = height * 2;
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  context.scale(2, 2);
  context.drawImage(image, 0, 0, width, height);
  URL.revokeObjectURL(image.src);
  return new Promise((done, failed) => canvas.toBlob(blob => (blob ? done(blob) : failed(new Error("No picture"))), "image/png"));
}

/** @returns {string} */
export function toSvg(/** @type {RunChart} */ chart) {
  return svgOf(chart).text;
}

function svgOf(/** @type {RunChart} */ chart) {
  const {plot} = chart;
  const ratio = devicePixelRatio || 1;
  const [left, top, across, down] = [plot.bbox.left, plot.bbox.top, plot.bbox.width, plot.bbox.height].map(length => length / ratio);
  const curves = chart.curves;
  const legend = curves.filter(curve => !curve.member).slice(0, LEGEND_MOST);
  const width = chart.area.clientWidth;
  const height = TITLE + chart.area.clientHeight + 8 + legend.length * ROW;
  const style = getComputedStyle(chart);
  const ink = style.getPropertyValue("--ink");
  const dim = style.getPropertyValue("--dim");
  const x = (/** @type {number} */ value) => left + ((value - plot.scales.x.min) / (plot.scales.x.max - plot.scales.x.min)) * across;
  // uPlot puts what a log scale cannot show at its lower end, where the screen has a gap.
  const isOff = chart.settings.log ? (/** @type {number} */ value) => value <= 0 : () => false;
  const y = (/** @type {number | null} */ value) => value === null || isOff(value) ? NaN : plot.valToPos(value, "y") + top;
  const parts = curves.map(curve => [
    curve.min && curve.max && !curve.member ? `<path d="${outline(curve.x, curve.min, curve.max, x, y, top + down)}" fill="${curve.colour}" fill-opacity="0.15"/>` : "",
    curve.raw ? stroke(curve.raw.x, curve.raw.y, x, y, curve, 0.25) : "",
    stroke(curve.x, curve.y, x, y, curve, curve.member ? 0.2 : 1),
  ].join("")).join("\n");
  const axes = [...ticks(plot.scales.x).map(value => `<text x="${fixed(x(value))}" y="${fixed(top + down + 16)}" text-anchor="middle">${escaped(label(value, chart.settings.axis))}</text>`),
    ...ticks(plot.scales.y).map(value => `<path d="M${fixed(left)} ${fixed(y(value))}h${fixed(across)}" stroke="${style.getPropertyValue("--line")}"/><text x="${fixed(left - 6)}" y="${fixed(y(value) + 4)}" text-anchor="end">${escaped(formatNumber(value, 4))}</text>`)].join("\n");
  const names = legend.map((curve, i) => `<path d="M8 ${TITLE + chart.area.clientHeight + 10 + i * ROW}h16" stroke="${curve.colour}" stroke-width="3"/><text x="30" y="${TITLE + chart.area.clientHeight + 14 + i * ROW}">${escaped(curve.name)}${chart.metrics.length > 1 ? ` · ${escaped(curve.metric)}` : ""}</text>`).join("\n");
  const text = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="system-ui, sans-serif" font-size="11" fill="${dim}">
<rect width="100%" height="100%" fill="${style.getPropertyValue("--paper")}"/>
<text x="8" y="18" font-size="14" font-weight="600" fill="${ink}">${escaped(chart.metrics.join(" · "))}</text>
<g transform="translate(0 ${TITLE})">
<clipPath id="plot"><rect x="${left}" y="${top}" width="${across}" height="${down}"/></clipPath>
${axes}
<g clip-path="url(#plot)" fill="none">${parts}</g>
</g>
${names}
</svg>
`;
  return {width, height, text};
}

function ticks(/** @type {{min: number, max: number, distr?: number}} */ {min, max, distr}) {
  if (distr === 3) {
    return logTicks(min, max);
  }
  const rough = (max - min) / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map(factor => factor * power).find(candidate => candidate >= rough) ?? rough;
  const found = [];
  for (let value = Math.ceil(min / step) * step; value <= max; value += step) {
    found.push(Number(value.toPrecision(12)));
  }
  return found;
}

function label(/** @type {number} */ value, /** @type {string} */ axis) {
  return axis === "time" ? new Date(value * 1000).toISOString().slice(0, 16).replace("T", " ") : formatNumber(value, 6);
}

function stroke(/** @type {number[]} */ xs, /** @type {(number | null)[]} */ ys, /** @type {any} */ x, /** @type {any} */ y, /** @type {any} */ curve, /** @type {number} */ strength) {
  let pen = false;
  const path = xs.map((at, i) => {
    const downTo = y(ys[i]);
    const step = Number.isNaN(downTo) ? "" : `${pen ? "L" : "M"}${fixed(x(at))} ${fixed(downTo)}`;
    pen = step !== "";
    return step;
  }).join("");
  return `<path d="${path}" stroke="${curve.colour}" stroke-width="1.5" stroke-opacity="${strength}" stroke-dasharray="${curve.dash.join(" ")}"/>`;
}

function outline(/** @type {number[]} */ xs, /** @type {(number | null)[]} */ min, /** @type {(number | null)[]} */ max, /** @type {any} */ x, /** @type {any} */ y, /** @type {number} */ bottom) {
  /** Stretches without a gap. @type {number[][]} */
  const stretches = [];
  let before = -2;
  xs.forEach((_, i) => {
    if (!Number.isNaN(y(max[i]))) {
      before === i - 1 ? stretches[stretches.length - 1].push(i) : stretches.push([i]);
      before = i;
    }
  });
  // The lower end of a log scale is at the edge for what the scale cannot show.
  const low = (/** @type {number} */ i) => Number.isNaN(y(min[i])) ? bottom : y(min[i]);
  return stretches.map(known => `M${known.map(i => `${fixed(x(xs[i]))} ${fixed(y(max[i]))}`).join("L")}L${known.toReversed().map(i => `${fixed(x(xs[i]))} ${fixed(low(i))}`).join("L")}Z`).join("");
}

function fixed(/** @type {number} */ value) {
  return String(Number(value.toFixed(2)));
}

/** Text for XML, which can hold no control characters but blanks, in no way of writing them. */
function escaped(/** @type {string} */ text) {
  return text.replace(/[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, "").replace(/[&<>"]/g, sign => `&#${sign.charCodeAt(0)};`);
}
