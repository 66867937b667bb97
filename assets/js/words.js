/* Words in the reader's language, and moments as people say them.
 *
 * The pages were prerendered in English, so React starts in English and changes to the language once it has taken
 * over. Until then the server's first paint, which is in the language, is what people see.
 */

import { useCallback, useSyncExternalStore } from "react";
import { timeNow } from "./clock.js";
import { forgetSeen } from "./seen.js";

const SOURCE = "en";
const MINUTE = 60_000;
const PATIENCE = 2000;
const A_YEAR = 31536000;
const never = () => () => {};

const cookie = (name) =>
  decodeURIComponent(document.cookie.match(new RegExp(`(?:^|; )${name}=([^;]*)`))?.[1] ?? "").replaceAll('"', "") || undefined;

const inBrowser = typeof document !== "undefined";
const known = { catalogue: null, language: SOURCE, timeZone: undefined };
const listeners = new Set();

/* The language of this page: the member's, as the server wrote it into the page or a cookie, else the browser's. */
export function pageLanguage() {
  if (!inBrowser) return SOURCE;
  const painted = document.getElementById("last-view") && document.documentElement.lang;
  return (painted || cookie("lang") || navigator.language || SOURCE).split("-")[0];
}

/* As the server reads it: neither is changed on the way. */
function remember(name, value) {
  const isSecure = location.protocol === "https:" ? ";secure" : "";
  document.cookie = `${name}=${value};path=/;max-age=${A_YEAR};samesite=lax${isSecure}`;
}

/* Whether pages speak this language, and say times by this clock, already. */
export const isSpoken = ({ language, time_zone: timeZone }) =>
  language === pageLanguage() && (!timeZone || timeZone === cookie("tz"));

/* Leads on to the page at `address` in another language or by another clock. What was seen speaks the old one. */
export async function speak({ language, time_zone: timeZone }, address) {
  remember("lang", language);
  goBy(timeZone);
  await forgetSeen();
  location.assign(address);
  await new Promise(() => {});
}

async function load(language) {
  if (language === SOURCE) return;
  const answer = await fetch(`/words/${language}.json`);
  if (!answer.ok) return;
  known.catalogue = await answer.json();
  known.language = language;
  document.documentElement.lang = language;
  listeners.forEach((listener) => listener());
}

/* Has the browser learn dates and plurals beside the page. The time zone is the one that the server knows, which else is told
 * the browser's own for the next first paint. */
async function learnDates(language) {
  const timeZone = await new Promise((resolve, reject) => {
    const learner = new Worker("/intl.js");
    learner.onmessage = ({ data }) => (learner.terminate(), resolve(data));
    learner.onerror = reject;
    setTimeout(reject, PATIENCE);
    learner.postMessage(language);
  });
  const asked = cookie("tz");
  if (!asked) remember("tz", timeZone);
  else if (isKnown(asked)) known.timeZone = asked;
}

/* Times are said by this clock: the account's, which may have been changed on another device. */
export function goBy(timeZone) {
  if (!timeZone || !isKnown(timeZone)) return;
  if (timeZone !== cookie("tz")) remember("tz", timeZone);
  known.timeZone = timeZone;
}

function isKnown(timeZone) {
  try {
    return !!new Intl.DateTimeFormat("en", { timeZone });
  } catch {
    return false;
  }
}

const prepared = (work) => (inBrowser ? work(pageLanguage()).catch(() => {}) : Promise.resolve());
const untilWords = prepared(load);
const untilDates = prepared(learnDates);

/* Resolves when the words of the page's language are there, or cannot be had. */
export const wordsAreReady = () => untilWords;

/* Resolves when a date can be said without holding up the page, or when that is not worth waiting for. */
export const datesAreReady = () => untilDates;

const subscribe = (listener) => (listeners.add(listener), () => listeners.delete(listener));

const useCatalogue = () => useSyncExternalStore(subscribe, () => known.catalogue, () => null);

/* A function (one, params, many): the words for a message id, its {names} filled; `many` for params.n other than one. */
export function useWords() {
  const catalogue = useCatalogue();
  return useCallback((one, params, many) => fill(look(catalogue, one ?? "", many, params?.n), params), [catalogue]);
}

function look(catalogue, one, many, n) {
  const found = catalogue?.[one] ?? (many ? [one, many] : one);
  if (!Array.isArray(found)) return found;
  return found[many ? form(found.length, n) : 0] ?? found[0];
}

/* Which plural form: with two, one and other; with more, those of the language in CLDR's order. */
function form(count, n) {
  const rules = intl(Intl.PluralRules);
  const category = rules.select(Number(n));
  if (count === 2) return category === "one" ? 0 : 1;
  const order = ["zero", "one", "two", "few", "many", "other"];
  return order.filter((name) => rules.resolvedOptions().pluralCategories.includes(name)).indexOf(category);
}

const fill = (said, params) => said.replace(/\{(\w+)\}/g, (whole, name) => params?.[name] ?? whole);

/* --- moments --- */

let minute = 0;
let timer;
const watching = new Set();

/* All moments of a page share one timer. */
function everyMinute(listener) {
  watching.add(listener);
  timer ??= setInterval(tick, MINUTE / 2);
  return () => {
    watching.delete(listener);
    if (!watching.size) timer = clearInterval(timer);
  };
}

function tick() {
  minute = Math.floor(Date.now() / MINUTE);
  watching.forEach((listener) => listener());
}

const DATE = { day: "numeric", month: "long", year: "numeric" };
const TIME = { hour: "numeric", minute: "2-digit" };
const FULL = { dateStyle: "medium", timeStyle: "medium" };

/* A function (iso, style): "ago", "day", "time" or "full". Empty until React has taken over. */
export function useWhen() {
  useSyncExternalStore(everyMinute, () => minute, () => 0);
  const isHere = useSyncExternalStore(never, () => true, () => false);
  const words = useWords();
  return (iso, style) => (isHere && iso ? spoken(new Date(iso), style, words) : "");
}

/* As careapp/catalogue.py says it in the first paint. */
export function spoken(at, style, words) {
  if (Number.isNaN(at.getTime())) return "";
  if (style === "day") return day(at, true, words);
  if (style === "ago") return ago(at, timeNow() - at, words);
  return formatted(style === "time" ? TIME : FULL).format(at);
}

/* The same for what is no component. */
export const sayWhen = (iso, style) =>
  spoken(new Date(iso), style, (one, params) => fill(look(known.catalogue, one), params));

const made = new Map();

/* Making one of these costs more than all that it is asked; `kind` is a class of Intl. */
function intl(kind, options) {
  const key = `${kind.name} ${known.language} ${JSON.stringify(options)}`;
  if (!made.has(key)) made.set(key, new kind(known.language, options));
  return made.get(key);
}

const formatted = (options) => intl(Intl.DateTimeFormat, { timeZone: known.timeZone, ...options });

/* The catalogue says how a language puts the parts of a date together. */
function day(at, withYear, words) {
  const parts = Object.fromEntries(formatted(DATE).formatToParts(at).map(({ type, value }) => [type, value]));
  return words(withYear ? "{day} {month} {year}" : "{day} {month}", parts);
}

const UNITS = [
  ["week", 10080],
  ["day", 1440],
  ["hour", 60],
  ["minute", 1],
];

function ago(at, past, words) {
  if (past < MINUTE) return words("just now");
  const minutes = past / MINUTE;
  if (minutes >= 10080) return day(at, at.getFullYear() !== new Date().getFullYear(), words);
  const [unit, length] = UNITS.find(([, size]) => minutes >= 0.85 * size);
  return intl(Intl.RelativeTimeFormat).format(-Math.round(minutes / length), unit);
}
