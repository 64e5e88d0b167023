/**
 * From what a running cell sends to what a notebook keeps, as kernel/coalesce.py does it; both read the cases of
 * tests/golden/coalesce.json.
 *
 * @import {Emitted, Output} from "../shapes.js"
 */

/**
 * Add an output to those that are kept: neighbouring text of one stream is joined, an update changes its display.
 *
 * @param {Output[]} kept
 * @param {Emitted} output
 */
export function keep(kept, output) {
  const last = kept.at(-1);
  if (output.output_type === "clear_output") {
    kept.length = 0;
  } else if (output.output_type === "update_display_data") {
    for (const one of kept) {
      const isUpdated = one.output_type === "display_data" && one.metadata.display_id === output.metadata.display_id;
      if (isUpdated) one.data = output.data;
    }
  } else if (output.output_type === "stream" && last?.output_type === "stream" && last.name === output.name) {
    last.text += output.text;
  } else if (output.output_type === "error") {
    const { output_type, ename, evalue, traceback } = output;
    kept.push({ output_type, ename, evalue, traceback });
  } else {
    kept.push({ ...output });
  }
}
