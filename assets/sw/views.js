/* What each page showed last, by the address that the server gives it under. */

import { showBadge } from "../js/badge.js";
import { MEDIA, SEEN, clearBrowser, forgetSeen } from "../js/seen.js";
import { read } from "../js/store.js";
import { account } from "../js/who.js";

const MOST = 80;
const NEVER_CROWDED_OUT = "/api/view/sos";
const PHOTO = /\/media\/[\w-]+(?=\/)/g;
let forgotten = 0; // how often was wiped: an answer that was under way then is not kept

/* Fetches and keeps a view; one that this person may not see any more is erased instead. Photos that it no longer shows
 * go with it, unless they may still be seen somewhere. */
export async function keepView(address) {
  const before = forgotten;
  const answer = await fetch(address, { cache: "no-store", redirect: "error" }).catch(() => null);
  if (!answer) return;
  if (answer.status === 401) return void (await Promise.all([forgetViews(null), showBadge(0)]));
  const cache = await caches.open(SEEN);
  const words = (await (await cache.match(address))?.text().catch(() => "")) ?? "";
  if (answer.status === 403 || answer.status === 404) return void (await Promise.all([cache.delete(address), unsee(photosIn(words))]));
  const whole = await answer.blob().catch(() => null); // what is kept is not given up for an answer that was cut short
  if (!answer.ok || !whole || before !== forgotten) return;
  await cache.delete(address); // so that it stands last, where the newest are
  await cache.put(address, new Response(whole, answer));
  const all = (await cache.keys()).filter(({ url }) => new URL(url).pathname !== NEVER_CROWDED_OUT);
  for (const oldest of all.slice(0, Math.max(0, all.length - MOST))) await cache.delete(oldest);
  const now = new Set(photosIn(await whole.text()));
  await unsee(photosIn(words).filter((photo) => !now.has(photo)));
}

const photosIn = (words) => [...new Set(words.match(PHOTO))];

async function unsee(photos) {
  const maySee = await Promise.all(photos.map(mayStillSee));
  const refused = photos.filter((_, i) => !maySee[i]);
  if (!refused.length) return;
  const media = await caches.open(MEDIA);
  for (const photo of refused) for (const side of [320, 960]) await media.delete(`${photo}/${side}`);
  await clearBrowser(); // what was seen large, or played
}

const mayStillSee = (photo) =>
  fetch(`${photo}/320`, { method: "HEAD", cache: "no-store", redirect: "manual" }).then(
    ({ ok, type }) => ok || type === "opaqueredirect",
    () => false,
  );

export function forgetViews(site) {
  forgotten++;
  return forgetSeen(site);
}

/* The site of which a page led to this route last; else the one whose page of this route was kept last. */
export async function lastSite(route) {
  const led = await read("marks", `last ${route}`).catch(() => undefined);
  if (led && led.who === (await account())) return led.site;
  const kept = await (await caches.open(SEEN)).keys();
  const of = kept.map(({ url }) => new URL(url)).filter(({ pathname }) => pathname === `/api/view${route}`);
  return of.at(-1)?.searchParams.get("site");
}

/* A new version draws from views of its own making. */
export async function renewViews() {
  for (const { url } of await (await caches.open(SEEN)).keys()) await keepView(url);
}
