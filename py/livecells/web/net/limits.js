/** How patient downloads are. Alone in this file, so that tests can put shorter times in its place. */

/**
 * How long a connection may give nothing before the file is asked for anew, from the byte where it stands. Each wait in vain makes
 * the next one longer; a byte sets them back to the first.
 */
export const PATIENCE_MS = [10_000, 30_000, 60_000];

/** After so long without a byte, the page says what it waits for. */
export const QUIET_MS = 4_000;

/** Before the second try, and before the third. */
export const PAUSES_MS = [400, 2000];
