/**
 * Files that the reader shares with the installed site: no static host takes them, so they wait here for the page that opens.
 */

import { SCOPE } from "./release.js";

/** Nobody shares more files than that with a page on purpose. */
const MOST = 20;

/**
 * Keep the files of a request, and lead the reader to the page that takes them (files/opened.js).
 *
 * @param {Request} request
 */
export async function keepShared(request) {
  const files = (await request.formData()).getAll("files").filter((one) => one instanceof File);
  const cache = await caches.open(`shared:${SCOPE.pathname}`);
  for (const [number, file] of files.slice(0, MOST).entries()) {
    const name = encodeURIComponent(file.name || "shared");
    await cache.put(`${SCOPE.href}__shared__/${number}/${name}`, new Response(file));
  }
  return Response.redirect(`${request.url.replace(/[?#].*/, "")}?shared`, 303);
}
