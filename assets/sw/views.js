/* What each page showed last, by the address that the server gives it under. */

import { showBadge } from "../js/badge.js";
import { MEDIA, SEEN, forgetSeen } from "../js/seen.js";

const MOST = 80;
const NEVER_CROWDED_OUT = "/api/view/sos";
const PHOTO = /\/media\/[\w-]+(?=\/)/g;
let forgotten = 0; // how often was wiped: an answer that was under way then is not kept

/* Fetches and keeps a view; one that this person may not see any more is erased instead, with the photos it shows. */
export async function keepView(address) {
  const before = forgotten;
  const answer = await fetch(address, { cache: "no-store", redirect: "error" }).catch(() => null);
  if (!answer) return;
  if (answer.status === 401) return void (await Promise.all([forgetViews(null), showBadge(0)]));
  const cache = await caches.open(SEEN);
  if (answer.status === 403 || answer.status === 404) return drop(cache, address);
  const whole = await answer.blob().catch(() => null); // what is kept is not given up for an answer that was cut short
  if (!answer.ok || !whole || before !== forgotten) return;
  await cache.delete(address); // so that it stands last, where the newest are
  await cache.put(address, new Response(whole, answer));
  const all = (await cache.keys()).filter(({ url }) => new URL(url).pathname !== NEVER_CROWDED_OUT);
  for (const oldest of all.slice(0, Math.max(0, all.length - MOST))) await cache.delete(oldest);
}

async function drop(cache, address) {
  const words = (await (await cache.match(address))?.text().catch(() => "")) ?? "";
  await cache.delete(address);
  const media = await caches.open(MEDIA);
  for (const photo of new Set(words.match(PHOTO)))
    for (const side of [320, 960]) await media.delete(`${photo}/${side}`);
}

export function forgetViews(site) {
  forgotten++;
  return forgetSeen(site);
}

/* The site whose page of this route was kept last. */
export async function lastSite(route) {
  const kept = await (await caches.open(SEEN)).keys();
  const of = kept.map(({ url }) => new URL(url)).filter(({ pathname }) => pathname === `/api/view${route}`);
  return of.at(-1)?.searchParams.get("site");
}

/* A new version draws from views of its own making. */
export async function renewViews() {
  for (const { url } of await (await caches.open(SEEN)).keys()) await keepView(url);
}
