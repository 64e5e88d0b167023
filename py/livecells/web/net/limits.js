/** How long downloads may stand still, and how long they wait. Alone in this file, so that tests can put shorter times in its place. */

/** A connection that gives nothing for this long is given up; with the second try an error shows within 15 s. */
export const STALL_MS = 6_000;

/** Before the second try, and before the third. */
export const PAUSES_MS = [400, 2000];
