/**
 * Builds DOM, in the words in which `element` of livecells/markup.py writes HTML. Text stays text: nothing here is read as HTML.
 *
 * @typedef {string | number | boolean | undefined} Value  true is written without a value, false and nothing are left out
 */

/**
 * Make an element.
 *
 * @template {string} Tag
 * @param {Tag} tag
 * @param {Record<string, Value>} [attributes]  underscores in their names become hyphens
 * @param {(Node | string | false | undefined)[]} children  those that are nothing are left out
 * @returns {Tag extends keyof HTMLElementTagNameMap ? HTMLElementTagNameMap[Tag] : HTMLElement}
 */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) made.setAttribute(name.replaceAll("_", "-"), value === true ? "" : String(value));
  }
  made.append(...children.filter((child) => child !== undefined && child !== false));
  return /** @type {any} */ (made);
}
