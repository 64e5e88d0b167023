/** @typedef {{saveData?: boolean, type?: string, effectiveType?: string}} Line  only some browsers tell */

/** Whether the reader has asked for few bytes; in pages and in workers. */
export function isSavingData() {
  return Boolean(line().saveData);
}

/** Whether nothing shall be fetched ahead: the reader saves data, or the line is slow or paid for by the byte. */
export function isLineDear() {
  const { type, effectiveType = "" } = line();
  return isSavingData() || type === "cellular" || ["slow-2g", "2g", "3g"].includes(effectiveType);
}

/** @returns {Line} */
function line() {
  return /** @type {{connection?: Line}} */ (navigator).connection ?? {};
}
