/* Photos that were seen: the two sizes that pages show, the least recently seen going first. */

import { MEDIA } from "../js/seen.js";

const SHOWN = /^\/media\/[^/]+\/(320|960)$/;
const MOST = 200;

export const photo = (event, { pathname }) => (SHOWN.test(pathname) ? shown(event) : undefined);

async function shown(event) {
  const { request } = event;
  const cache = await caches.open(MEDIA);
  const hit = await cache.match(request.url);
  if (hit) {
    event.waitUntil(cache.put(request.url, hit.clone())); // moves it to the end, where the newest are
    return hit;
  }
  const answer = await fetch(request, { cache: "no-store" }); // what the browser keeps by itself it shows for a year
  const isPhoto = answer.status === 200 && answer.headers.get("Content-Type")?.startsWith("image/");
  if (isPhoto) event.waitUntil(keep(cache, request.url, answer.clone()));
  return answer;
}

async function keep(cache, url, answer) {
  await cache.put(url, answer);
  const all = await cache.keys();
  await Promise.all(all.slice(0, Math.max(0, all.length - MOST)).map((oldest) => cache.delete(oldest)));
}
