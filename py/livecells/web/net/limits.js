/** How patient downloads are. Alone in this file, so that tests can put shorter times in its place. */

/**
 * How long a connection may send nothing before the rest of the file is requested again. After each wait without a byte the next
 * one is longer; any byte resets it.
 */
export const PATIENCE_MS = [10_000, 30_000, 60_000];

/** After this long without a byte, the page says what it is waiting for. */
export const QUIET_MS = 4_000;

/** Before the second try, and before the third. */
export const PAUSES_MS = [400, 2000];
