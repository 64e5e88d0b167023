/** Whether the reader has asked for few bytes; in pages and in workers. */
export function isSavingData() {
  return Boolean(/** @type {{connection?: {saveData?: boolean}}} */ (navigator).connection?.saveData);
}
