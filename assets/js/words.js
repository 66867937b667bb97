/* Words in the reader's language, and moments as people say them.
 *
 * The pages were prerendered in English, so React starts in English and changes to the language once it has taken
 * over. Until then the server's first paint, which is in the language, is what people see.
 */

import { useCallback, useSyncExternalStore } from "react";

const SOURCE = "en";
const MINUTE = 60_000;
const never = () => () => {};

const cookie = (name) =>
  decodeURIComponent(document.cookie.match(new RegExp(`(?:^|; )${name}=([^;]*)`))?.[1] ?? "") || undefined;

const inBrowser = typeof document !== "undefined";
const known = { catalogue: null, language: SOURCE };
const listeners = new Set();
let ready = Promise.resolve();

/* The language of this page: the member's, as the server wrote it into the page or a cookie, else the browser's. */
export function pageLanguage() {
  if (!inBrowser) return SOURCE;
  const painted = document.getElementById("last-view") && document.documentElement.lang;
  return (painted || cookie("lang") || navigator.language || SOURCE).split("-")[0];
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

if (inBrowser) ready = load(pageLanguage()).catch(() => {});

/* Resolves when the words of the page's language are there, or cannot be had. */
export const wordsAreReady = () => ready;

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
  const rules = new Intl.PluralRules(known.language);
  const category = rules.select(Number(n));
  if (count === 2) return category === "one" ? 0 : 1;
  const order = ["zero", "one", "two", "few", "many", "other"];
  return order.filter((name) => rules.resolvedOptions().pluralCategories.includes(name)).indexOf(category);
}

const fill = (said, params) => said.replace(/\{(\w+)\}/g, (whole, name) => params?.[name] ?? whole);

/* --- moments --- */

let minute = 0;
function everyMinute(listener) {
  const timer = setInterval(() => {
    minute = Math.floor(Date.now() / MINUTE);
    listener();
  }, MINUTE / 2);
  return () => clearInterval(timer);
}

const zone = () => {
  const asked = inBrowser ? cookie("tz") : undefined;
  try {
    return asked && new Intl.DateTimeFormat("en", { timeZone: asked }) ? asked : undefined;
  } catch {
    return undefined; // a zone that this browser does not know
  }
};

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
  if (style === "ago") return ago(at, Date.now() - at, words);
  return formatted(style === "time" ? TIME : FULL).format(at);
}

const formatted = (options) => new Intl.DateTimeFormat(known.language, { timeZone: zone(), ...options });

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
  return new Intl.RelativeTimeFormat(known.language).format(-Math.round(minutes / length), unit);
}
