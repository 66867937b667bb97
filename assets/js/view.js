/* What a page showed last, until its rows arrive: from the server's first paint, or from what the worker keeps.
 *
 * Both come as state in Reflex's own spelling and are given to its store like an answer of the server, so that React
 * draws them. Then the first paint, which hid what React draws, is taken away.
 */

import {
  startTransition,
  useContext,
  useDeferredValue,
  useEffect,
  useLayoutEffect,
  useState,
  useSyncExternalStore,
} from "react";
import { useLocation, useNavigate } from "react-router";
import env from "$/env.json";
import { StateStoreContext, app } from "$/utils/context-registry";
import { isConnected, look, onConnection, reached } from "./connection.js";
import { isTicked, isUntouched } from "./fields.js";
import { eraseLost } from "./lost.js";
import { inBrief } from "./brief.js";
import { start } from "./outbox.js";
import { listIsRead, settleSent, subscribe, waiting } from "./outbox_list.js";
import { isQuiet } from "./quiet.js";
import { VIEW, keptView, viewOf } from "./seen.js";
import { belongsTo, whoIsHere } from "./who.js";
import { followTaps, keepView, newVersion, onNewVersion, startWorker } from "./worker.js";
import { datesAreReady, wordsAreReady } from "./words.js";

const LOADED = "is_loaded_rx_state_";
const REFUSAL = "refusal_rx_state_";
const AS_OF = "as_of_rx_state_";
const SILENCE = 2000;
const BY_THE_WAY = 3000;
const WORTH_WAITING = 5000;
const useBeforePaint = typeof document === "undefined" ? useEffect : useLayoutEffect;

const shown = new Map(); // state's name → the view (its address) that the store holds of it
const read = new Map(); // state's name → { asOf, isRefused }: the last answer, and the site's change counter when it was read
const listeners = new Set();
let seenAt = "";
let store;
let fromServer; // state's name, value → the store as Reflex made it
let looked = { state: "", view: "" }; // of the page that is drawn; the location may be a moment ahead of it
let answeredFor = "";
let isRevealed = false;

/* When what is shown was current, as the server's or this device's clock had it; empty before anything is. */
export const useSeenAt = () =>
  useSyncExternalStore(
    onSeen,
    () => seenAt,
    () => "",
  );

/* Calls back whenever something newer is shown; a stop function. */
export const onSeen = (listener) => (listeners.add(listener), () => listeners.delete(listener));

function seen(at) {
  seenAt = at;
  listeners.forEach((listener) => listener());
}

/* Whether the server has answered for the page that is looked at. */
export const isAnswered = () => answeredFor === viewOf(location.href);

/* The site's change counter when the server read what is looked at; undefined before it has answered, and of a refusal. */
export function readAsOf() {
  const { asOf, isRefused } = read.get(looked.state) ?? {};
  return isAnswered() && !isRefused ? asOf : undefined;
}

/* Draws nothing. Every page has one, as its first child, with the name of its `state`; a page that says the same to
 * everyone has none.
 */
export function LastView({ state }) {
  const place = useLocation();
  const walk = useNavigate();
  const address = place.pathname + place.search;
  store = useContext(StateStoreContext);
  useBeforePaint(() => {
    looked = { state, view: viewOf(address) };
    if (!state) return void whenComplete().then(reveal);
    listen();
    forgetOther(looked);
    restore(address);
  }, [address, state]);
  useEffect(() => void [startWorker, startOutbox].forEach((begin) => setTimeout(begin)), []); // a finger may come between
  useEffect(() => followTaps(walk), [walk]);
  return null;
}

let sayDrawn;
const isDrawn = new Promise((resolve) => (sayDrawn = resolve));

/* What a view looks like, drawn a little at a time, so that a finger never waits for a long page; until then `skeleton`. */
export function Later({ skeleton, children }) {
  const isDue = useDeferredValue(true, false);
  useBeforePaint(() => void (isDue && nextTurn()), [isDue]);
  return isDue ? children : skeleton;
}

const turns = new Set(); // what the first paint shows and React has yet to draw behind it

/* One of many alike, such as the cards of a feed: behind the first paint, React puts one after the other into the page. */
export function InTurn({ children }) {
  const [isDue, setDue] = useState(() => isRevealed || !hasPaint());
  useBeforePaint(() => {
    if (isDue) return undefined;
    turns.add(setDue);
    return () => (turns.delete(setDue), nextTurn());
  }, [isDue]);
  return isDue ? children : null;
}

function nextTurn() {
  const [setDue] = turns;
  if (setDue) setTimeout(() => startTransition(() => setDue(true)));
  else sayDrawn();
}

let isStarted = false;
function startOutbox() {
  if (isStarted) return;
  isStarted = true;
  belongsTo(whoIsHere()).then(start, () => {});
  setTimeout(eraseLost, BY_THE_WAY);
}

/* What React draws is complete: in the page's language, and with what waits to be sent. A line or a database that never
 * answers may not leave a page that can only be read, so it is waited for as long as is worth it.
 */
const whenComplete = () =>
  Promise.race([
    Promise.all([wordsAreReady(), datesAreReady(), listIsRead()]),
    new Promise((resolve) => setTimeout(resolve, WORTH_WAITING)),
  ]);

/* --- what the server says --- */

const pageStates = () => Object.keys(app.initialState).filter((name) => VIEW in app.initialState[name]);

/* Puts itself between Reflex and its store, once: there is no other sign that the server has answered. */
function listen() {
  if (fromServer) return;
  const names = pageStates();
  fromServer = Object.fromEntries(names.map((name) => [name, store.dispatchers[name]]));
  for (const name of names) store.dispatchers[name] = (delta) => answered(name, delta);
}

function answered(name, { [AS_OF]: asOf = read.get(name)?.asOf, ...delta }) {
  const holds = { ...store.getSnapshot(name), ...undrawn[name] };
  const view = addressedTo(name);
  if (delta[LOADED] === false && holds[LOADED] && shown.get(name) === view) delta = withoutView(delta); // a blank new session
  if (delta[LOADED] === false) shown.delete(name);
  if (VIEW in delta && !(LOADED in delta)) delta = { ...delta, [LOADED]: true };
  const news = newIn(holds, delta);
  if (Object.keys(news).length) {
    drawPainted();
    fromServer[name](news);
  }
  const isRefused = !!delta[REFUSAL]?.code;
  if (!view || (!isRefused && !(VIEW in delta && delta[LOADED]))) return;
  shown.set(name, view);
  read.set(name, { asOf, isRefused });
  if (view !== viewOf(location.href)) return;
  answeredFor = view;
  reached();
  if (!isRefused) seen(new Date().toISOString());
  settleSent();
  whenComplete().then(isRefused ? reveal : revealDrawn);
  keepView(isRefused);
}

/* The view that an answer for a state is of: an answer may come after somebody has walked on, or before the page that
 * they walk to is drawn. Empty for a page that was left before.
 */
function addressedTo(name) {
  const here = viewOf(location.href);
  if (name === looked.state) return pathOf(here) === pathOf(looked.view) ? here : looked.view;
  return here === looked.view ? "" : here;
}

const pathOf = (view) => view.split("?")[0];

/* As a rule the server says again what was painted: drawing it again would keep the person waiting for nothing. */
const newIn = (holds, delta) =>
  Object.fromEntries(Object.entries(delta).filter(([name, value]) => JSON.stringify(holds[name]) !== JSON.stringify(value)));

const withoutView = ({ [VIEW]: _view, [LOADED]: _loaded, ...others }) => others;

/* --- what was seen last --- */

/* A page whose state still holds another place's view must not show that here. */
function forgetOther({ state, view }) {
  if (!shown.has(state) || shown.get(state) === view) return;
  shown.delete(state);
  fromServer[state]({ [VIEW]: app.initialState[state][VIEW], [LOADED]: false });
}

let isFirst = true;
async function restore(address) {
  const view = isFirst && paintedView();
  isFirst = false;
  if (view) return void restorePainted(view, viewOf(address));
  drawPainted(); // somebody walked on before they had touched what was painted
  const here = viewOf(address);
  if (shown.get(looked.state) === here) return;
  const kept = await keptView(address, env.BUILD).then((view) => view ?? briefOf(address)).catch(() => null);
  await whenComplete();
  if (kept && viewOf(location.href) === here && shown.get(looked.state) !== here) show(kept, here), drawPainted();
}

/* The same as a kept view, as far as other pages told of it. */
async function briefOf(address) {
  const { state } = looked;
  const brief = await inBrief(address, env.BUILD);
  if (!brief) return null;
  const view = { ...app.initialState[state][VIEW], ...brief.view };
  return { at: brief.at, state: { [state]: { [VIEW]: view, [LOADED]: true } } };
}

function restorePainted(view, here) {
  show(view, here);
  showNamed();
  whenComplete().then(hasPaint() ? whenWanted : drawPainted);
}

/* An address may name something of its page, as "#said-…" does: the browser does not look for it in what is painted. */
function showNamed() {
  const name = decodeURIComponent(location.hash.slice(1));
  if (name && !scrollY) place()?.shadowRoot?.getElementById(name)?.scrollIntoView({ block: "center" });
}

function paintedView() {
  const island = document.getElementById("last-view");
  const view = island && JSON.parse(island.textContent);
  return view?.build === env.BUILD ? view : null;
}

/* Gives React, when it draws next, the state of a view. */
function show(view, here) {
  for (const [name, delta] of Object.entries(view.state ?? {})) {
    if (!fromServer[name] || shown.get(name) === here) continue;
    undrawn[name] = delta;
    shown.set(name, here);
    seen(view.at);
    setTimeout(() => isAnswered() || look(), SILENCE);
  }
}

/* --- the first paint --- */

const SIGNS = ["pointerdown", "pointermove", "touchstart", "wheel", "keydown", "focusin"];
const QUIET = 10_000;
let undrawn = {}; // state's name → the state of what is painted, until React is given it

/* What is painted can be read, and followed to other pages, as it is. React draws it when somebody reaches for it, when this
 * device or the server has something to add, or when nothing has happened for a while. Fields are not kept waiting.
 */
function whenWanted() {
  const root = place().shadowRoot;
  const isUsed = window.pressedEarly || root.querySelector("input,textarea,select");
  const isBehind = () => !isConnected() || waiting().some((entry) => !isQuiet(entry)) || newVersion();
  if (isUsed || isBehind()) return drawPainted();
  for (const sign of SIGNS) addEventListener(sign, drawPainted, { once: true, capture: true, passive: true });
  for (const listen of [onConnection, subscribe, onNewVersion]) listen(() => isBehind() && drawPainted());
  setTimeout(drawPainted, QUIET);
}

function drawPainted() {
  const states = Object.entries(undrawn);
  undrawn = {};
  for (const [name, delta] of states) fromServer[name](delta);
  if (states.length) revealDrawn();
}

const place = () => document.getElementById("page");
const hasPaint = () => !!place()?.shadowRoot?.getElementById("painted");

/* Shows what React has drawn in place of the first paint, in one frame, and keeps focus and what was typed. */
function reveal() {
  if (isRevealed || !hasPaint()) return;
  isRevealed = true;
  lifted.then(() => requestAnimationFrame(takeAway));
}

/* A finger that came down on the first paint lifts from it, or its tap would meet nothing. The click comes behind. */
const CLICK_FOLLOWS = 60;
let lifted = Promise.resolve();
function finger() {
  lifted = new Promise((resolve) => {
    const isUp = () => setTimeout(resolve, CLICK_FOLLOWS);
    for (const end of ["pointerup", "pointercancel"]) addEventListener(end, isUp, { once: true, capture: true });
  });
}
if (typeof document !== "undefined") addEventListener("pointerdown", finger, { capture: true, passive: true });

const revealDrawn = () => isDrawn.then(reveal);

function takeAway() {
  const pressedEarly = window.pressedEarly;
  const root = place()?.shadowRoot;
  const painted = root?.getElementById("painted");
  if (!painted) return;
  const focus = root.activeElement;
  const typed = [...painted.querySelectorAll("input,textarea,select")].filter((field) => !isUntouched(field));
  const unfolded = [...painted.querySelectorAll("details[open]")].map((details) => twin(painted, details));
  const { scrollX, scrollY } = window;
  root.querySelector("slot").hidden = false;
  const opened = [...painted.querySelectorAll("dialog[open]")].map((dialog) => dialog.id);
  const [same, ...others] = [focus, ...typed].map((element) => element && twin(painted, element));
  typed.forEach((field, i) => others[i] && retype(others[i], field));
  const pressed = pressedEarly && painted.contains(pressedEarly) && twin(painted, pressedEarly);
  unfolded.forEach((details) => details && (details.open = true));
  painted.remove();
  opened.forEach((id) => document.getElementById(id)?.showModal());
  dispatchEvent(new Event("careapp:taken-over"));
  window.scrollTo(scrollX, scrollY);
  same?.focus({ preventScroll: true });
  if (pressed) pressed.click(); // what was pressed in the first paint is done now, not lost
}

/* The element that React drew for a painted one: the same tag, at the same place among its kind. */
function twin(painted, element) {
  const at = [...painted.querySelectorAll(element.localName)].indexOf(element);
  return place().querySelectorAll(element.localName)[at];
}

function retype(field, { value, checked }) {
  if (isTicked(field)) return void (field.checked !== checked && field.click());
  field.value = value;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}
