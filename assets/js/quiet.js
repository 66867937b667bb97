/* What a phone tells by itself: nobody waits for it, no page shows it, and nothing is lost with it. */

const QUIET = new Set(["journal.mark_seen"]);

export const isQuiet = ({ operation }) => QUIET.has(operation);
