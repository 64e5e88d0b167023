/**
 * Receipts of a check of all claims (trends/claims/receipt.py): reads a file that anybody may have sent, and compares it with
 * this page's.
 *
 * @typedef {{as_of: string, tables: string[], value: string, verdict: string}} Found
 * @typedef {{claims: Record<string, Found>, code: string, data: Record<string, string>, format: number, polars: string,
 *   present: string}} Content
 */

const FORMAT = 1;

/** Characters; a receipt has some 10,000. */
const LARGEST = 1_000_000;

/** How many claims a sentence names. */
const NAMED = 6;

/** Why a file is not a receipt that can be compared; the message is for the reader. */
export class ReceiptError extends Error {}

/**
 * Write a value as Python's canonical JSON: keys sorted, no spaces.
 *
 * @param {unknown} value
 * @returns {string}
 */
export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const pairs = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${pairs.map(([key, one]) => `${JSON.stringify(key)}:${canonical(one)}`).join(",")}}`;
}

/** @param {string} text */
export async function sha256(text) {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * Read the file of a receipt.
 *
 * @param {string} text
 * @returns {Promise<Content>}
 * @throws {ReceiptError}
 */
export async function read(text) {
  if (text.length > LARGEST) throw new ReceiptError("This file is too large to be a receipt.");
  const file = parsed(text);
  const content = isRecord(file) ? file.receipt : undefined;
  if (!isRecord(file) || !isRecord(content) || typeof file.sha256 !== "string") {
    throw new ReceiptError("This is not a receipt: it has no “receipt” with its “sha256”.");
  }
  if (content.format !== FORMAT) throw new ReceiptError("This receipt has another format: another release of the site has made it.");
  if ((await sha256(canonical(content))) !== file.sha256) {
    throw new ReceiptError("This receipt has been edited: its content does not have the hash that it states.");
  }
  const checked = /** @type {unknown} */ (content);
  if (!isContent(checked)) throw new ReceiptError("This is not a receipt: its claims cannot be read.");
  return checked;
}

/**
 * Compare a receipt with the one of this page.
 *
 * @param {Content} theirs
 * @param {Content} ours
 * @returns {string}  sentences for the reader
 */
export function compare(theirs, ours) {
  const names = [...new Set([...Object.keys(ours.claims), ...Object.keys(theirs.claims)])];
  const differing = names.filter((name) => canonical(theirs.claims[name] ?? null) !== canonical(ours.claims[name] ?? null));
  const tables = Object.keys({ ...ours.data, ...theirs.data }).filter((name) => theirs.data[name] !== ours.data[name]);
  const others = [
    tables.length && `other data (${listed(tables)})`,
    theirs.code !== ours.code && "other code",
    theirs.present !== ours.present && `${theirs.present} as the present`,
    theirs.polars !== ours.polars && `Polars ${theirs.polars}`,
  ].filter(Boolean);
  if (!others.length && !differing.length) return `The receipt agrees with this page: the same data, code and results for all ${names.length} claims.`;
  const made = others.length ? `The receipt is of another release: it was made with ${others.join(", ")}.` : "The receipt has the same data and code as this page.";
  if (!differing.length) return `${made} All ${names.length} results are the same.`;
  return `${made} ${differing.length} of ${names.length} results differ: ${listed(differing.map((name) => told(name, theirs, ours)))}.`;
}

/**
 * @param {string} name
 * @param {Content} theirs
 * @param {Content} ours
 */
function told(name, theirs, ours) {
  const [there, here] = [theirs, ours].map(({ claims }) => {
    const found = claims[name];
    return found ? `${found.verdict || "not checked"} ${found.value}`.trim() : "not in it";
  });
  return `${name} (${there}; here ${here})`;
}

/** @param {string[]} items */
function listed(items) {
  const more = items.length - NAMED;
  return items.slice(0, NAMED).join(", ") + (more > 0 ? ` and ${more} more` : "");
}

/** @param {string} text */
function parsed(text) {
  try {
    return /** @type {unknown} */ (JSON.parse(text));
  } catch {
    throw new ReceiptError(text.trim().startsWith("{") ? "This receipt is cut short or altered: it is not whole." : "This is not a receipt: it is not JSON.");
  }
}

/**
 * @param {unknown} value
 * @returns {value is Record<string, unknown>}
 */
function isRecord(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * @param {unknown} content
 * @returns {content is Content}
 */
function isContent(content) {
  if (!isRecord(content)) return false;
  const { claims, code, data, polars, present } = content;
  const isFound = (/** @type {unknown} */ one) => isRecord(one) && typeof one.verdict === "string" && typeof one.value === "string";
  return [code, polars, present].every((one) => typeof one === "string") && isRecord(data) && isRecord(claims) && Object.values(claims).every(isFound);
}
