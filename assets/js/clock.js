/* What time it is by the server, as its answers told: a phone's clock may be wrong by a day. */

const KEY = "clock";
const LEAST = 60_000; // less is the way of the answer

let off = read();

export const timeNow = () => Date.now() + off;

/* From the Date of an answer that came just now. */
export function learnTime(date) {
  const told = Date.parse(date ?? "") - Date.now();
  if (Number.isNaN(told)) return;
  off = Math.abs(told) < LEAST ? 0 : told;
  keep();
}

function read() {
  try {
    return Number(localStorage.getItem(KEY)) || 0;
  } catch {
    return 0; // a worker, or no storage allowed
  }
}

function keep() {
  try {
    off ? localStorage.setItem(KEY, off) : localStorage.removeItem(KEY);
  } catch {} // then it is learnt anew on each page
}
