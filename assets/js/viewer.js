/* Photos and videos on the whole screen: swipe, arrow keys or buttons to the next, closer by zoom.js. Fetched when it is first
 * needed.
 *
 * The frame is the <dialog id="viewer"> of the page's shell, so the focus stays inside, and Escape closes it; the phone's
 * "back" closes it too. Swiping is the browser's own scrolling with snap points. What belongs together stands in one
 * element with `data-photos` (how many, where more may come), as links with `data-photo`, and as `data-film` around videos
 * that are played where they stand, `data-waiting` while they are being prepared. Each says more by `data-video`,
 * `data-own` (may have the original), `data-who`, `data-at` and `data-to` (what it was shown with); without them the
 * <article> around it says who and when.
 */

import { follow, look, pan, step } from "./zoom.js";
import { sayWhen } from "./words.js";

const NEAR = 1; // so many before and after are loaded
const FAR = 3; // what is farther off than this is let go
const SCROLL_END_MS = 80;
const ANY = "[data-photo], [data-film]:not([data-film=''])";
const ARROWS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };

let dialog, track, group, opener;
let links = [];
let growing; // watches the group
let shown = -1;
let isBack = false; // closed by going back, so that there is nothing left to go back from

const idOf = ({ dataset }) => dataset.photo || dataset.film;

/* Show what is behind this link, among the others of its group. Of a link of the first paint that was taken away while
 * this code was fetched, its twin in what React drew. */
export function show(touched) {
  const link = touched.isConnected ? touched : (twinOf(touched) ?? touched);
  opener = link;
  dialog = link.getRootNode().getElementById("viewer") ?? document.getElementById("viewer");
  if (!dialog?.isConnected) return void window.open(link.href, "_self");
  track = dialog.querySelector("[data-track]");
  group = link.closest("[data-photos]");
  growing?.disconnect();
  track.replaceChildren();
  [links, shown] = [[], -1];
  if (group) gather();
  else append([link]);
  growing = new MutationObserver(gather);
  if (group) growing.observe(group, { childList: true, subtree: true, characterData: true });
  group?.querySelectorAll("video").forEach((video) => video.pause());
  listen();
  if (!dialog.open) dialog.showModal();
  if (!history.state?.viewer) history.pushState({ ...history.state, viewer: true }, "");
  go(Math.max(0, links.findIndex((other) => idOf(other) === idOf(link))), "instant");
}

/* The first paint was taken away with the viewer that was open in it: what React drew shows the same photo. */
addEventListener("careapp:taken-over", () => {
  if (shown < 0 || dialog.isConnected) return;
  const twin = twinOf(links[shown]);
  if (twin) show(twin);
});

function twinOf(link) {
  const id = CSS.escape(idOf(link));
  return document.querySelector(`#page [data-photo="${id}"], #page [data-film="${id}"]`);
}

/* What is in the group now: a gallery grows while one looks, and videos become ready. */
function gather() {
  const here = new Map(links.map((link, n) => [idOf(link), n]));
  const found = [...group.querySelectorAll(ANY)];
  found.filter((link) => here.has(idOf(link))).forEach((link) => renew(here.get(idOf(link)), link));
  append(found.filter((link) => !here.has(idOf(link))));
  if (shown >= 0) describe(links[shown]);
}

function renew(index, link) {
  links[index] = link;
  const figure = track.children[index];
  if (!figure.firstChild || !figure.hasAttribute("data-waiting")) return;
  figure.replaceChildren();
  fill(index);
}

function append(more) {
  links.push(...more);
  track.append(...more.map(() => document.createElement("figure")));
}

/* --- what is on the screen --- */

function fill(index) {
  const figure = track.children[index];
  if (!figure || figure.firstChild) return;
  const link = links[index];
  figure.toggleAttribute("data-waiting", Boolean(link.dataset.waiting));
  // What is being prepared says so here as it does on the page.
  if (link.dataset.waiting) figure.append(link.firstElementChild.cloneNode(true));
  else figure.append(link.dataset.video || link.dataset.film ? aVideo(link) : aPhoto(link));
}

function aPhoto(link) {
  const small = link.querySelector("img:last-of-type");
  const image = document.createElement("img");
  image.alt = small?.alt ?? "";
  image.draggable = false;
  // What the page has already loaded shows at once; the large one takes its place when it is there.
  image.src = small?.currentSrc || link.href;
  const large = new Image();
  large.onload = () => (image.src = large.src);
  large.src = link.href;
  return image;
}

function aVideo(link) {
  const place = `/media/${encodeURIComponent(idOf(link))}`;
  const told = { src: `${place}/video`, poster: `${place}/960`, controls: true, playsInline: true, preload: "none" };
  const video = Object.assign(document.createElement("video"), told);
  video.setAttribute("aria-label", wordsOf(link));
  video.onplaying = () => (part("failed").hidden = true);
  video.onerror = () => (video.replaceWith(aVideo(link)), (part("failed").hidden = false)); // its poster, to be tried again
  return video;
}

function arrived(index) {
  if (!links[index]) return;
  for (const [n, figure] of [...track.children].entries()) {
    if (Math.abs(n - index) <= NEAR) fill(n);
    else if (Math.abs(n - index) > FAR && figure.firstChild) figure.replaceChildren();
    figure.inert = n !== index;
  }
  if (shown === index) return;
  track.querySelectorAll("video").forEach((video) => video.pause());
  shown = index;
  part("failed").hidden = true;
  look(track.children[index]);
  describe(links[index]);
  if (index >= links.length - 1 - FAR) group?.parentElement.querySelector(":scope > [data-more]")?.click();
}

// Of a video that is being played on the page there is no picture.
const wordsOf = (link) => link.querySelector("img:last-of-type")?.alt ?? link.querySelector("video")?.ariaLabel ?? "";
const part = (name) => dialog.querySelector(`[data-${name}]`);

function describe(link) {
  const total = Number(group?.dataset.photos) || links.length; // a gallery knows more than it has fetched
  part("count").textContent = total > 1 ? `${shown + 1} / ${total}` : "";
  part("words").textContent = wordsOf(link);
  const around = link.closest("article");
  const who = link.dataset.who ?? around?.querySelector("h2,h3")?.textContent ?? "";
  const at = link.dataset.at ?? around?.querySelector("time")?.dateTime ?? "";
  part("by").textContent = [who, at && sayWhen(at, "day")].filter(Boolean).join(" · ");
  lead(part("way"), link.dataset.to);
  lead(part("original"), link.dataset.own && `/media/${encodeURIComponent(idOf(link))}/original`);
  dialog.querySelector('[data-step="-1"]').hidden = shown === 0;
  dialog.querySelector('[data-step="1"]').hidden = shown === links.length - 1;
}

function lead(link, address) {
  link.hidden = !address;
  if (address) link.href = address;
}

/* --- moving about --- */

const sign = () => (getComputedStyle(dialog).direction === "rtl" ? -1 : 1);
const current = () => Math.round(Math.abs(track.scrollLeft) / track.clientWidth) || 0;
const isCalm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

function go(index, behavior = isCalm() ? "instant" : "smooth") {
  const target = Math.max(0, Math.min(links.length - 1, index));
  fill(target);
  track.scrollTo({ left: target * track.clientWidth * sign(), behavior });
  arrived(target);
}

function onKey(event) {
  if (event.target.localName === "video" || event.altKey || event.ctrlKey || event.metaKey) return;
  const [right, down] = ARROWS[event.key] ?? [0, 0];
  if (event.key === "+" || event.key === "=") step(true);
  else if (event.key === "-") step(false);
  else if (event.key === " " && event.target === track) play();
  else if (event.key === "Home") go(0);
  else if (event.key === "End") go(links.length - 1);
  else if (right || down) pan(right, down) || go(shown + right * sign());
  else return;
  event.preventDefault();
}

function play() {
  const video = track.children[shown].querySelector("video");
  if (video?.paused) video.play().catch(() => {});
  else video?.pause();
}

function listen() {
  if (dialog.dataset.ready) return;
  dialog.dataset.ready = "yes";
  follow(track);
  let waiting;
  const settle = () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => dialog.open && arrived(current()), SCROLL_END_MS);
  };
  // A finger may stop what a button has set going before anything has moved: then nothing scrolls.
  for (const name of ["scroll", "touchend", "touchcancel"]) track.addEventListener(name, settle);
  dialog.addEventListener("click", (event) => {
    const button = event.target.closest("[data-step]");
    if (button) go(shown + Number(button.dataset.step));
  });
  dialog.addEventListener("close", closed);
}

// Wherever the focus is: after the last button it is on none.
document.addEventListener("keydown", (event) => dialog?.open && onKey(event));
addEventListener("resize", () => dialog?.open && go(shown, "instant"));

// Before the router hears of it: the page stays what it is.
addEventListener("popstate", onBack, { capture: true });

let isOwnStep = false;
function onBack(event) {
  if (isOwnStep) isOwnStep = false;
  else if (dialog?.open && !event.state?.viewer) (isBack = true), dialog.close();
  else return;
  event.stopImmediatePropagation();
}

/* The focus goes back to the photo that was looked at last. */
function closed() {
  const last = links[shown];
  look(null);
  growing.disconnect();
  track.replaceChildren();
  [links, shown] = [[], -1];
  if (!isBack && history.state?.viewer) (isOwnStep = true), history.back();
  isBack = false;
  (last?.matches("a") ? last : (last?.querySelector("button, video") ?? opener)).focus();
}
