// crypto.subtle is asynchronous; a file that Python opens is checked while Python waits.
export { sha256 } from "@noble/hashes/sha2.js";
