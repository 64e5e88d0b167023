/**
 * Files with which the installed site is opened: from the system's list of programs for a file, or shared by another app. They
 * become the reader's own files; nothing runs.
 */

import { SITE_ROOT } from "../root.js";
import { showUserFiles } from "./user-files-dialog.js";
import { userFiles } from "./user-files.js";

/** @typedef {{setConsumer(consumer: (launch: {files: FileSystemFileHandle[]}) => void): void}} LaunchQueue */

/** Take the files now, and those with which this window is opened again. */
export function takeOpened() {
  const queue = /** @type {LaunchQueue | undefined} */ (Reflect.get(self, "launchQueue"));
  queue?.setConsumer(async ({ files }) => take(await Promise.all(files.map((one) => one.getFile()))));
  if (new URL(location.href).searchParams.has("shared")) void takeShared();
}

/** Take what the service worker has kept (sw/shared.js), once. */
async function takeShared() {
  const name = `shared:${SITE_ROOT.pathname}`;
  const cache = await caches.open(name);
  const files = [];
  for (const { url } of await cache.keys()) {
    const kept = await cache.match(url);
    if (kept) files.push(new File([await kept.blob()], decodeURIComponent(url.slice(url.lastIndexOf("/") + 1))));
  }
  await caches.delete(name);
  history.replaceState(history.state, "", location.pathname); // a reload does not ask for them again
  take(files);
}

/** @param {File[]} files */
function take(files) {
  if (!files.length) return;
  void userFiles.add(files);
  showUserFiles();
}
