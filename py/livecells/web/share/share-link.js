/**
 * Texts of cells in the fragment of an address, which browsers send to no server: JSON, compressed, in characters that any
 * program leaves alone.
 */

const MARK = "share=1.";

/** Above this many characters some programs cut an address short. */
export const SAFE_LENGTH = 8000;

/** No page makes a fragment that unpacks to more characters. */
const LARGEST = 1_000_000;

/** The fragment is damaged, or of a later release. */
export class ShareLinkError extends Error {}

/**
 * Write a fragment.
 *
 * @param {Record<string, string>} cells  texts by the ids of their cells
 * @returns {Promise<string>}  without `#`
 */
export async function toFragment(cells) {
  const packed = new Blob([JSON.stringify(cells)]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  const bytes = new Uint8Array(await new Response(packed).arrayBuffer());
  return MARK + toBase64(bytes);
}

/**
 * Return whether a fragment is one of a shared cell.
 *
 * @param {string} fragment  with or without `#`
 */
export function isShared(fragment) {
  return plain(fragment).startsWith("share=");
}

/**
 * Undo what some programs do to an address that they pass on: `=` becomes `%3D`.
 *
 * @param {string} fragment  with or without `#`
 */
function plain(fragment) {
  const packed = fragment.replace(/^#/, "");
  try {
    return decodeURIComponent(packed);
  } catch {
    return packed; // damaged, which is found when it is read
  }
}

/**
 * Read a fragment.
 *
 * @param {string} fragment  with or without `#`
 * @returns {Promise<Record<string, string>>}  texts by the ids of their cells
 * @throws {ShareLinkError}
 */
export async function fromFragment(fragment) {
  const packed = plain(fragment);
  if (!packed.startsWith(MARK)) throw new ShareLinkError("another release has made it");
  try {
    return checked(JSON.parse(await unpacked(fromBase64(packed.slice(MARK.length)))));
  } catch (error) {
    if (error instanceof ShareLinkError) throw error;
    throw new ShareLinkError("it is cut short or altered");
  }
}

/** @param {Uint8Array<ArrayBuffer>} bytes */
async function unpacked(bytes) {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  const reader = stream.getReader();
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let text = "";
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
    text += decoder.decode(piece.value, { stream: true });
    if (text.length > LARGEST) throw new ShareLinkError("it is larger than any page");
  }
  return text + decoder.decode();
}

/** @param {unknown} cells */
function checked(cells) {
  const isRecord = typeof cells === "object" && cells !== null && !Array.isArray(cells);
  const pairs = isRecord ? Object.entries(cells) : [];
  if (!pairs.length || !pairs.every(([id, text]) => /^[a-z][a-z0-9-]*$/.test(id) && typeof text === "string")) {
    throw new ShareLinkError("it holds no cells");
  }
  return /** @type {Record<string, string>} */ (Object.fromEntries(pairs));
}

/** @param {Uint8Array} bytes */
function toBase64(bytes) {
  const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/** @param {string} text */
function fromBase64(text) {
  return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (char) => char.charCodeAt(0));
}
