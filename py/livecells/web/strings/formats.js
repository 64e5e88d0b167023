/**
 * How a language writes numbers, sizes and times.
 *
 * @param {string} locale
 */
export function formatsOf(locale) {
  const fixed = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const plain = new Intl.NumberFormat(locale);
  return {
    number: (/** @type {number} */ value) => plain.format(value),
    /** Write a number of bytes in kB or MB. */
    megabytes: (/** @type {number} */ bytes) =>
      bytes < 1e5 ? `${Math.ceil(bytes / 1e3)} kB` : `${fixed.format(bytes / 1e6)} MB`,
    duration: (/** @type {number} */ seconds) =>
      seconds < 1 ? `${Math.round(seconds * 1000)} ms` : `${fixed.format(seconds)} s`,
    /** Write a running time in whole minutes and seconds. */
    whole: (/** @type {number} */ seconds) => {
      const minutes = Math.floor(seconds / 60);
      return `${minutes ? `${minutes} min ` : ""}${Math.floor(seconds % 60)} s`;
    },
  };
}
