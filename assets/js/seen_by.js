/* An update counts as seen when half of its card, or half of the screen, has been it for a while, on a page in view.
 *
 * The first paint is looked at too: as a rule React draws a page only when somebody reaches for it, and to read is enough.
 */

import { createElement as h, useEffect, useRef } from "react";
import { discard, send } from "./outbox.js";
import { listIsRead, waiting } from "./outbox_list.js";

const OPERATION = "journal.mark_seen";
const LONG_ENOUGH = 1500;
const TOGETHER = 4000;
const MOST = 100;
const STEPS = [0, 0.1, 0.2, 0.3, 0.4, 0.5];

const updates = new WeakMap(); // card → the update that it shows
const inView = new Map(); // card → the timer that ends when it has been seen; none while the page is hidden
const told = new Set(); // updates that were seen since this page was loaded
let batch = [];
let sending;
let eye;

/* Stands in the card of an update that its reader has not seen. */
export function Unseen({ update }) {
  const place = useRef(null);
  useEffect(() => watch(place.current.closest("article"), update), [update]);
  return h("span", { ref: place, hidden: true });
}

function watch(card, update) {
  if (!card || !update || told.has(update) || typeof IntersectionObserver === "undefined") return undefined;
  eye ??= new IntersectionObserver((entries) => entries.forEach(look), { threshold: STEPS });
  updates.set(card, update);
  eye.observe(card);
  return () => (eye.unobserve(card), leave(card));
}

/* A card taller than two screens is never half in view, but fills half of one. */
function look({ target, isIntersecting, intersectionRatio, intersectionRect, rootBounds }) {
  const isHalf = intersectionRatio >= 0.5 || intersectionRect.height >= (rootBounds?.height ?? innerHeight) / 2;
  if (!isIntersecting || !isHalf) leave(target);
  else if (!inView.has(target)) inView.set(target, document.hidden ? 0 : timed(target));
}

const timed = (card) => setTimeout(() => see(card), LONG_ENOUGH);

function leave(card) {
  clearTimeout(inView.get(card));
  inView.delete(card);
}

function see(card) {
  const update = updates.get(card);
  const site = new URLSearchParams(location.search).get("site");
  leave(card);
  eye.unobserve(card);
  if (!site || told.has(update)) return;
  told.add(update);
  batch.push({ site, update });
  sending ??= setTimeout(tell, TOGETHER);
}

/* Several together, and at once when the page is left. They wait on the device where there is no connection. */
function tell() {
  clearTimeout(sending);
  sending = undefined;
  const all = batch;
  batch = [];
  for (const site of new Set(all.map((one) => one.site))) {
    const ids = all.filter((one) => one.site === site).map((one) => one.update);
    for (let at = 0; at < ids.length; at += MOST) post(site, ids.slice(at, at + MOST));
  }
}

async function post(site, ids) {
  const { refused, seq } = await send(OPERATION, { site, command: { update_ids: ids } }).catch(() => ({}));
  if (refused && seq) discard(seq);
}

function onVisibility() {
  for (const [card, timer] of inView) {
    clearTimeout(timer);
    inView.set(card, document.hidden ? 0 : timed(card));
  }
  if (document.hidden && batch.length) tell();
}

if (typeof document !== "undefined") {
  document.addEventListener("visibilitychange", onVisibility);
  const painted = document.getElementById("page")?.shadowRoot?.querySelectorAll("[data-unseen]") ?? [];
  for (const mark of painted) watch(mark.closest("article"), mark.dataset.unseen);
  const isRefused = (entry) => entry.operation === OPERATION && entry.state === "refused";
  listIsRead().then(() => waiting().filter(isRefused).forEach(({ seq }) => discard(seq)), () => {});
}
