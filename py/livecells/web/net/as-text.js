/**
 * Writes bytes as characters of windows-1252, so that a page in that encoding can hold files: they grow by a sixtieth, where base64
 * adds a third. As in yEnc, each byte is moved on by a constant, so that the commonest of them need no escape.
 */

const MOVED_BY = 42;

/** Comes before a code that HTML would change (NUL, CR), that could end a script (<), or that is this sign itself. */
const ESCAPE = 0x3d;
const ESCAPED = [0x00, 0x0d, 0x3c, ESCAPE];
const ESCAPED_BY = 64;

/** The characters at 0x80 to 0x9f, in a list since Node 20 decodes them as ISO-8859-1. */
const HIGH = "€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ";

/** The codes of characters, up to the trade mark. */
const CODES = Uint8Array.from({ length: 0x2123 }, (_, place) => place);
[...HIGH].forEach((character, place) => (CODES[character.charCodeAt(0)] = 0x80 + place));

/**
 * @param {Uint8Array} bytes
 * @returns {Uint8Array<ArrayBuffer>}  the text, encoded
 */
export function asText(bytes) {
  const text = new Uint8Array(2 * bytes.length);
  let end = 0;
  for (const byte of bytes) {
    const code = (byte + MOVED_BY) & 0xff;
    const isEscaped = ESCAPED.includes(code);
    if (isEscaped) text[end++] = ESCAPE;
    text[end++] = isEscaped ? code + ESCAPED_BY : code;
  }
  return text.slice(0, end);
}

/**
 * @param {string} text  as a page of windows-1252 has it
 * @returns {Uint8Array<ArrayBuffer>}
 */
export function fromText(text) {
  const bytes = new Uint8Array(text.length);
  let end = 0;
  for (let place = 0; place < text.length; place++) {
    let code = CODES[text.charCodeAt(place)];
    if (code === ESCAPE) code = CODES[text.charCodeAt(++place)] - ESCAPED_BY;
    bytes[end++] = code - MOVED_BY;
  }
  return bytes.slice(0, end);
}
