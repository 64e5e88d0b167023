/**
 * The value of a parameter, in its line of the cell and in its control. The build has read the line; nothing here parses Python.
 *
 * @typedef {HTMLInputElement | HTMLSelectElement} Field
 *
 * @typedef {{before: string, after: string}} Place  what stands around a value in its line of the cell, as the build has read it
 */

/**
 * Return the value in the line of a parameter, as Python text.
 *
 * @param {string} source
 * @param {Place} place
 * @returns {string | undefined}
 */
export function literalOf(source, { before, after }) {
  const line = source.split("\n").find((one) => one.startsWith(before));
  return line?.slice(before.length, line.endsWith(after) ? line.length - after.length : undefined);
}

/**
 * Write another value into the line of a parameter.
 *
 * @param {string} source
 * @param {Place} place
 * @param {string} literal
 */
export function withLiteral(source, { before, after }, literal) {
  const lines = source.split("\n");
  const number = lines.findIndex((line) => line.startsWith(before));
  if (number >= 0) lines[number] = `${before}${literal}${after}`;
  return lines.join("\n");
}

/**
 * Return the value that a literal stands for, as a control writes it.
 *
 * @param {string} literal
 * @returns {unknown}
 */
export function valueOf(literal) {
  const constants = new Map(/** @type {[string, unknown][]} */ ([["None", null], ["True", true], ["False", false]]));
  return constants.has(literal) ? constants.get(literal) : JSON.parse(literal);
}

/**
 * Return the value of a control as a Python literal.
 *
 * @param {Field} field
 */
export function literalIn(field) {
  if (field instanceof HTMLSelectElement) return field.value;
  if (field.type === "checkbox") return field.checked ? "True" : "False";
  if (field.type === "month" || field.type === "date") return field.value ? JSON.stringify(field.value) : "None";
  return field.type === "text" ? JSON.stringify(field.value) : field.value;
}

/** @param {Field} field */
export function plainIn(field) {
  if (field instanceof HTMLSelectElement) return plainOf(field.selectedOptions[0]);
  return field.type === "checkbox" ? String(field.checked) : field.value;
}

/**
 * Put plain text into a control, if it allows it.
 *
 * @param {Field} field
 * @param {string} text
 * @returns {boolean}
 */
export function hold(field, text) {
  if (field instanceof HTMLSelectElement) {
    const option = [...field.options].find((one) => plainOf(one) === text);
    if (option) field.value = option.value;
    return option !== undefined;
  }
  if (field.type === "checkbox") field.checked = text === "true";
  else field.value = text;
  return field.checkValidity() && (field.type === "checkbox" ? /^(true|false)$/.test(text) : field.value === text);
}

/** @param {HTMLOptionElement | undefined} option  without one the control is blank: the reader has typed another value */
export function choiceIn(option) {
  return JSON.parse(option?.dataset.value ?? "null");
}

/** @param {HTMLOptionElement | undefined} option */
function plainOf(option) {
  const value = choiceIn(option);
  return typeof value === "string" ? value : (option?.value ?? "");
}

/**
 * @param {Field} field
 * @param {string} literal
 */
export function show(field, literal) {
  if (field instanceof HTMLSelectElement) {
    field.value = literal;
    return;
  }
  let value;
  try {
    value = valueOf(literal);
  } catch {
    return; // the reader has written an expression: the control stays as it is
  }
  if (field.type === "checkbox") field.checked = Boolean(value);
  else field.value = value === null ? "" : String(value);
  const shown = field.parentElement?.querySelector("output");
  if (shown) shown.textContent = field.value;
}
