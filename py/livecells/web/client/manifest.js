/**
 * The list of the runtime's files, read once.
 *
 * @import {Manifest} from "../protocol.js"
 */

import { RELEASE, SITE_ROOT } from "../root.js";

/** Nothing can start without the manifest. */
const PATIENCE_MS = 15_000;

/** @type {Promise<Manifest> | undefined} */
let reading;

/**
 * @returns {Promise<Manifest>}
 */
export function readManifest() {
  reading ??= fetch(new URL(`${RELEASE}manifest.json`, SITE_ROOT), { signal: AbortSignal.timeout(PATIENCE_MS) }).then((response) => {
    if (!response.ok) throw new Error(`manifest: ${response.status}`);
    return response.json();
  });
  reading.catch(() => (reading = undefined));
  return reading;
}

/**
 * Count what a first start loads, in bytes on the wire.
 *
 * @param {Manifest} manifest
 */
export function bootBytes({ files }) {
  return files.reduce((sum, file) => sum + (file.stage === "boot" ? file.wire : 0), 0);
}

/**
 * The files of Python; Ruff is none of them.
 *
 * @param {Pick<Manifest, "files">} manifest
 */
export function filesOfPython({ files }) {
  return files.filter(({ kind }) => kind !== "tool");
}

/**
 * The files that cells can open, by path from where they run.
 *
 * @returns {Promise<string[]>}  none where the list cannot be had
 */
export async function dataFiles() {
  const manifest = await readManifest().catch(() => undefined);
  return manifest?.files.filter(({ kind }) => kind === "data").map(({ path }) => path) ?? [];
}
