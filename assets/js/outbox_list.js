/* The outbox as pages show it: what whoever is signed in still has to send, how far it is, and for a moment what was sent. */

import { readAll } from "./store.js";
import { account } from "./who.js";

const SHOWN_AS_SENT = 4000;
const TAKEN_BACK = 1000;

const isUsable = typeof indexedDB !== "undefined";
const listeners = new Set();
const takenBack = new Set();
const moving = new Map(); // seq → { percent }, of what is being sent just now
let sent = []; // answered, still shown until the page has the server's rows
let list = []; // what waits, oldest first, and `sent`

/* --- what pages call --- */

export const waiting = () => list;

export function subscribe(listener) {
  listeners.add(listener);
  if (listeners.size === 1) refresh();
  return () => listeners.delete(listener);
}

/* Resolves when `waiting()` is what is kept. */
export const listIsRead = () => (firstRead ??= refresh(true).catch(() => {}));

/* The page has fresh rows: what was sent is among them. */
export function settleSent() {
  if (sent.length) (sent = []), refresh();
}

/* --- what the outbox says --- */

export function hearProgress({ type, seq, progress }) {
  if (type === "moving") progress ? moving.set(seq, progress) : moving.delete(seq);
  if (type === "round") moving.clear();
}

export function linger(entry) {
  if (!listeners.size) return;
  sent = [...sent.filter(({ seq }) => seq !== entry.seq), entry];
  setTimeout(() => ((sent = sent.filter((other) => other !== entry)), refresh()), SHOWN_AS_SENT);
}

/* Whoever waited for it takes a refused entry back at once, as a form does; until then it is not listed as refused. */
export function letTakeBack(op_id) {
  takenBack.add(op_id);
  setTimeout(() => (takenBack.delete(op_id), refresh()), TAKEN_BACK);
}

let reading, firstRead;
export async function refresh(isWanted = listeners.size > 0) {
  if (!isWanted || !isUsable) return;
  if (reading) return void (reading.again = true);
  reading = {};
  try {
    const who = await account();
    const kept = (await readAll("outbox")).filter((entry) => entry.who === who && !takenBack.has(entry.op_id));
    list = [...sent.filter((entry) => !kept.some((other) => other.seq === entry.seq)), ...kept.map(shown)];
    listeners.forEach((listener) => listener());
  } finally {
    const { again } = reading;
    reading = undefined;
    if (again) refresh();
  }
}

function shown(entry) {
  const progress = entry.state === "waiting" && moving.get(entry.seq);
  return progress ? { ...entry, state: "sending", ...progress } : entry;
}
