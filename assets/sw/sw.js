/* The service worker: opens the app without a network, keeps what was seen, sends what was written, and shows
 * what is pushed.
 *
 * `BUILD`, `FILES` and `SHELLS` are put in by careapp/pwa/plugin.py, which also bundles this file.
 */

import { flush } from "../js/outbox.js";
import { clicked } from "./clicks.js";
import { activate, install, keptFile } from "./files.js";
import { openPage } from "./pages.js";
import { photo } from "./photos.js";
import { forgetNotices, received, renew } from "./push.js";
import { TARGET, taken } from "./share.js";
import { forgetViews, keepView, renewViews } from "./views.js";

self.addEventListener("install", (event) => event.waitUntil(install()));

self.addEventListener("activate", (event) => {
  event.waitUntil(activate().then(() => self.clients.claim()));
  renewViews().catch(() => {});
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method === "POST" && url.pathname === TARGET && url.origin === location.origin) return event.respondWith(taken(request));
  if (request.method !== "GET" || url.origin !== location.origin) return;
  const answer = request.mode === "navigate" ? openPage(request, url) : (photo(event, url) ?? keptFile(request, url));
  if (answer) event.respondWith(answer);
});

self.addEventListener("message", (event) => {
  const { keep, wipe, unsee, skipWaiting } = event.data ?? {};
  if (keep) event.waitUntil(keepView(keep));
  if (wipe) event.waitUntil(forget(wipe === "all" ? null : wipe));
  if (unsee) event.waitUntil(forgetViews(null));
  if (skipWaiting) self.skipWaiting();
});

const forget = (site) => Promise.all([forgetViews(site), forgetNotices(site)]);

self.addEventListener("sync", (event) => {
  if (event.tag === "outbox") event.waitUntil(flush());
});

self.addEventListener("push", (event) => event.waitUntil(received(event)));
self.addEventListener("notificationclick", (event) => event.waitUntil(clicked(event)));
self.addEventListener("pushsubscriptionchange", (event) => event.waitUntil(renew(event)));
