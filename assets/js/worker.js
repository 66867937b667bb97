/* The page's side of the service worker: registering it, new versions, what it should keep, and forgetting. */

import { showBadge } from "./badge.js";
import { forget } from "./outbox.js";
import { forgetSeen, viewOf } from "./seen.js";

const PAUSE = 1500;
const HOUR = 3_600_000;

const has = typeof navigator !== "undefined" && "serviceWorker" in navigator;
const listeners = new Set();
let waiting = null;
let isAsked = false;

const tell = (message) => has && navigator.serviceWorker.ready.then(({ active }) => active?.postMessage(message));

let keeping;
/* Have the view of this address kept, as it is now on the server; `isUrgent` for one that was refused. */
export function keepView(isUrgent = false, address = location.href) {
  clearTimeout(keeping);
  keeping = setTimeout(() => tell({ keep: viewOf(address) }), isUrgent ? 0 : PAUSE);
}

/* While one signs out, losing the site is no news. */
let isLeavingNow = false;
export const isLeaving = () => isLeavingNow;
export const setLeaving = (is) => (isLeavingNow = is);

/* Has the view of another page kept. */
export const keepOther = (address) => tell({ keep: viewOf(address) });

/* Erases everything of a site, or of all, from this device; but not what another account has written here. */
export async function wipe(site = null) {
  clearTimeout(keeping);
  tell({ wipe: site ?? "all" });
  others?.postMessage(site);
  if (site === null) showBadge(0);
  await Promise.all([forget(site), forgetSeen(site)].map((done) => done.catch(() => {})));
  if (site === null) sessionStorage.clear();
}

/* Erases what was seen, and nothing that was written. */
export async function wipeViews() {
  clearTimeout(keeping);
  tell({ unsee: true });
  await Promise.all([forgetSeen(), showBadge(0)].map((done) => done.catch(() => {})));
}

/* Other open pages stop showing what was wiped. */
const others = has && typeof BroadcastChannel === "function" ? new BroadcastChannel("wiped") : null;
if (others) others.onmessage = ({ data: site }) => {
  if (site === null) location.replace("/");
  else if (new URL(location.href).searchParams.get("site") === site) location.replace("/sites");
};

/* --- new versions --- */

export const newVersion = () => waiting;
export const onNewVersion = (listener) => (listeners.add(listener), () => listeners.delete(listener));

/* Lets the new version take over; this page is loaded anew when it has. */
export function useNewVersion() {
  isAsked = true;
  if (waiting === true) location.reload();
  else waiting?.postMessage({ skipWaiting: true });
}

function found(worker) {
  waiting = worker;
  listeners.forEach((listener) => listener());
}

function watch(registration) {
  const look = () => registration.waiting && navigator.serviceWorker.controller && found(registration.waiting);
  registration.addEventListener("updatefound", () => registration.installing?.addEventListener("statechange", look));
  look();
  const update = () => registration.update().catch(() => {});
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && update());
  setInterval(update, HOUR);
}

/* Another page may have let a new version in: this one goes on with its old code until its person says so. */
function onTakenOver(hadWorker) {
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    if (isAsked) location.reload();
    else if (hadWorker) found(true);
    hadWorker = true;
  });
}

/* The server runs another version than this page knows: it is looked for, and offered as every other. */
async function outdated() {
  const registration = has ? await navigator.serviceWorker.getRegistration() : undefined;
  await registration?.update().catch(() => {});
  if (!waiting && !registration?.installing && !registration?.waiting) found(true);
}

if (typeof window !== "undefined") addEventListener("careapp:outdated", () => outdated().catch(() => found(true)));

/* --- notices --- */

/* Walks where a tapped notice leads; the worker waits to hear that somebody does. */
export function followTaps(walk) {
  if (!has) return undefined;
  const hear = ({ data, ports }) => data?.open && (walk(data.open), ports[0]?.postMessage(true));
  navigator.serviceWorker.addEventListener("message", hear);
  return () => navigator.serviceWorker.removeEventListener("message", hear);
}

/* Where notifications are on: once a start they are made sure of. */
function lookAfterNotices() {
  if (globalThis.Notification?.permission !== "granted") return;
  setTimeout(() => import("./push.js").then((push) => push.check()).catch(() => {}), PAUSE);
}

let isStarted = false;
/* Registers the worker when the page has loaded, once. */
export function startWorker() {
  if (!has || isStarted) return;
  isStarted = true;
  onTakenOver(!!navigator.serviceWorker.controller);
  const register = () => navigator.serviceWorker.register("/sw.js").then(watch, () => {}).then(lookAfterNotices);
  document.readyState === "complete" ? register() : addEventListener("load", register, { once: true });
}
