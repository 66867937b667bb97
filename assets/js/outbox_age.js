/* How long ago an entry was kept. */

const DAY = 24 * 3600 * 1000;
const kept = new Map(); // op_id → when this page kept it, by its own stopwatch

export const startWatch = ({ op_id }) => kept.set(op_id, performance.now());

/* In milliseconds, by the clock, which may be wrong; but by the page's stopwatch where the clock was put right by more than a
 * day meanwhile. That alone would not do, as it may stand still while the device sleeps. */
export function ageOf({ op_id, at }) {
  const byClock = Date.now() - Date.parse(at);
  const byWatch = performance.now() - kept.get(op_id);
  return Math.abs(byClock - byWatch) > DAY ? byWatch : byClock;
}
