/**
 * Finds lines by their true numbers.
 *
 * @module
 */

/** @typedef {import("./blocks.js").Row} Row */

/** Rows that are looked at in one step. */
const STEP = 200;

/**
 * Finds the row of a line, or of the first one after it. Rows are more than lines where a bar is
 * redrawn, and fewer where lines are blank, but their line numbers ascend.
 *
 * @param {number} line
 * @param {{total: number, lastLine: number}} log
 * @param {(row: number, rows: number) => Promise<{row: number, lines: Row[]}>} ask
 */
export async function rowOf(line, {total, lastLine}, ask) {
  let low = {row: 0, line: 1};
  let high = {row: total - 1, line: lastLine};
  for (let step = 0; low.row < high.row; step++) {
    // Lines are mostly as dense everywhere; the half now and then keeps a strange log from taking long.
    const part = step % 3 === 2 ? 0.5 : (line - low.line) / Math.max(1, high.line - low.line);
    const guess = low.row + Math.round(Math.max(0, Math.min(1, part)) * (high.row - low.row));
    const {row, lines} = await ask(Math.max(low.row, Math.min(guess - STEP / 2, high.row)), STEP);
    if (lines.length === 0) {
      break;
    }
    const numbers = lines.map(it => /** @type {number} */ (it.line));
    const place = numbers.findIndex(number => number >= line);
    if (place > 0 || (place === 0 && row <= low.row)) {
      return row + place;
    }
    if (place === 0) {
      high = {row, line: numbers[0]};
    } else {
      low = {row: row + numbers.length, line: /** @type {number} */ (numbers.at(-1)) + 1};
    }
  }
  return Math.max(0, Math.min(low.row, total - 1));
}
