/**
 * Rows that are here, of a log of any length: those that were seen last.
 *
 * @module
 */

/** @typedef {{line: number | null, text: string}} Row `line` from 1, `null` while it is not known */

/** Rows that are kept, and given up, together. */
export const BLOCK = 500;

const MOST_BLOCKS = 60;

export class RowBlocks {
  /** By number, the one that was not seen the longest first. @type {Map<number, (Row | undefined)[]>} */
  #blocks = new Map();

  /** @returns {Row | undefined} */
  get(/** @type {number} */ row) {
    return this.#blocks.get(Math.floor(row / BLOCK))?.[row % BLOCK];
  }

  put(/** @type {number} */ first, /** @type {(Row | undefined)[]} */ rows) {
    rows.forEach((row, place) => row && this.#put(first + place, row));
    while (this.#blocks.size > MOST_BLOCKS) {
      this.#blocks.delete(/** @type {number} */ (this.#blocks.keys().next().value));
    }
  }

  /** Says that a block is in view, so that it is given up last. */
  see(/** @type {number} */ number) {
    const block = this.#blocks.get(number);
    if (block) {
      this.#blocks.delete(number);
      this.#blocks.set(number, block);
    }
  }

  /** Forgets all rows from one on. */
  forget(/** @type {number} */ row = 0) {
    const first = Math.floor(row / BLOCK);
    for (const [number, block] of this.#blocks) {
      if (number > first) {
        this.#blocks.delete(number);
      } else if (number === first) {
        block.splice(row % BLOCK);
      }
    }
  }

  #put(/** @type {number} */ number, /** @type {Row} */ row) {
    const place = Math.floor(number / BLOCK);
    const block = this.#blocks.get(place) ?? [];
    block[number % BLOCK] = row;
    this.#blocks.set(place, block);
  }
}
