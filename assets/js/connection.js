/* Whether the server can be reached: what the browser knows of the network, and what became of the last tries. */

import { learnTime } from "./clock.js";

const SURE = 2500;
const PROBE = 5000;
const isPage = typeof window !== "undefined";
const listeners = new Set();
let isAway = false;
let doubting;

export const isConnected = () => navigator.onLine && !isAway;
export const onConnection = (listener) => (listeners.add(listener), () => listeners.delete(listener));

/* The server has answered, whatever it said; its `answer` tells what time it is. */
export function reached(answer) {
  if (answer) learnTime(answer.headers.get("Date"));
  clearTimeout(doubting);
  doubting = undefined;
  if (isAway) become(false);
}

/* A try has failed: believed when nothing else succeeds for a moment, as a page that is left also breaks off. */
export function missed() {
  if (isPage) doubting ??= setTimeout(become, SURE, true);
}

function become(away) {
  isAway = away;
  doubting = undefined;
  listeners.forEach((listener) => listener());
  if (away) doubting = setTimeout(probe, PROBE);
}

async function probe() {
  doubting = undefined;
  if (await isThere()) reached();
  else if (isAway) doubting = setTimeout(probe, PROBE);
}

/* Asks the server whether it is there, for a page on which nothing else has come from it. */
export const look = async () => ((await isThere()) ? reached() : missed());

async function isThere() {
  const answer = await fetch("/api/health", { method: "HEAD", cache: "no-store" }).catch(() => null);
  if (answer) learnTime(answer.headers.get("Date"));
  return !!answer && answer.status < 502;
}

if (isPage) {
  const changed = () => listeners.forEach((listener) => listener());
  addEventListener("offline", changed);
  addEventListener("online", () => (reached(), changed()));
}
