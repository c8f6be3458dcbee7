/** Milliseconds between two looks while the page is visible: with its answer, a change shows within five seconds (F-110). */
export const LOOK_EVERY = 4_000;

/** Milliseconds after which everything is read without news too: what no version tells, e.g. that a sync is overdue. */
export const READ_EVERY = 120_000;

/** Milliseconds without use after which the next use of the page is answered by a look at once. */
export const IDLE_AFTER = 10_000;
