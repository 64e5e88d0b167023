/**
 * What a reader is told of a file that Python needs and cannot have.
 *
 * @import {FileFault} from "../protocol.js"
 */

import { embedded } from "../net/embedded.js";
import { strings } from "../strings.js";

/** @param {FileFault} fault */
export function fileProblem({ path, cause, detail, got = "" }) {
  switch (cause) {
    case "status":
      return strings.fileMissing(path, detail);
    case "network":
      return navigator.onLine ? strings.fileBlocked(path) : strings.fileOffline(path);
    case "stalled":
      return strings.fileStalled(path, detail);
    case "absent":
      return embedded?.page ? strings.fileLeftOut(path, embedded.page) : strings.fileNotEmbedded(path);
    case "unusable":
      return strings.fileUnusable(path, detail);
    default:
      return strings.fileAltered(path, got);
  }
}
