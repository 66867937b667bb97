/* The words of "What to say" (`careapp/words`): fetched once, by the page that needs them, and chosen for who writes to whom
 * about what. */

import { useEffect, useState } from "react";
import { draftKey } from "./drafts.js";
import { read, write } from "./store.js";
import { whoIsHere } from "./who.js";
import { pageLanguage } from "./words.js";

const SOURCE = "en";
const NAMED = /\{(\w+)\|([^{}|]+)\}/g;
const PRIVATE = new Set(["faith", "light"]); // not for someone who comes because it is their work

const fetched = new Map();

function sayings(language) {
  if (!fetched.has(language)) {
    const answer = fetchWords(language);
    answer.catch(() => fetched.delete(language));
    fetched.set(language, answer);
  }
  return fetched.get(language);
}

async function fetchWords(language) {
  const answer = await fetch(`/say/${language}.json`);
  if (answer.ok) return answer.json();
  if (language === SOURCE) throw new Error(`the words did not come: ${answer.status}`);
  return sayings(SOURCE);
}

/* [the words, or null until they are there; whether they could not be had; a function that tries again]. */
export function useSayings() {
  const [words, setWords] = useState(null);
  const [tries, setTries] = useState(1);
  const [failedAt, setFailedAt] = useState(0);
  useEffect(() => {
    let isHere = true;
    sayings(pageLanguage()).then((found) => isHere && setWords(found), () => isHere && setFailedAt(tries));
    return () => (isHere = false);
  }, [tries]);
  return [words, !words && failedAt === tries, () => setTries(tries + 1)];
}

/* A sentence with the names that are known; without one it says what stands after the bar. */
export const named = (text, names) => text.replace(NAMED, (_, who, otherwise) => names[who] || otherwise);

/* The tones that are offered to this writer. */
export const tonesFor = ({ tones }, relation, hasFaith) =>
  tones.filter((tone) => (relation !== "professional" || !PRIVATE.has(tone)) && (tone !== "faith" || hasFaith));

/* What is suggested: {opening, line, offer}, each a list of sentences, first those that only this writer could say. An offer
 * of help suits every tone, and where a tone has no beginning of its own the others' will do. */
export function suggested({ lines }, { relation, to, tone }, names) {
  const mine = lines
    .filter((line) => line.who.includes(relation) && line.to.includes(to))
    .sort((one, other) => one.who.length - other.who.length);
  const text = (line) => named((to === "family" && line.all) || line.text, names);
  const of = (part, test) => mine.filter((line) => line.part === part && test(line)).map(text);
  const inTone = (line) => line.tones.includes(tone);
  const opening = of("opening", inTone);
  return {
    opening: opening.length ? opening : of("opening", () => true),
    line: of("line", inTone),
    offer: of("offer", () => true),
  };
}

/* The text with a sentence added; an offer begins a new paragraph. */
export function withSentence(text, sentence, isOffer) {
  const before = text.trimEnd();
  return before ? `${before}${isOffer ? "\n\n" : " "}${sentence}` : sentence;
}

export const withoutSentence = (text, sentence) =>
  text.replace(sentence, "").replace(/ {2,}/g, " ").replace(/ *\n */g, "\n").replace(/\n{3,}/g, "\n\n").trim();

/* What a message offers: { text, kind }, in the words that were tapped. Several have a kind if it is the same; words that
 * were changed have none, and are the last paragraph, as an offer stands in one of its own. */
export function offerIn(message, situations, names) {
  const lines = situations.flatMap(({ lines }) => lines).filter(({ part }) => part === "offer");
  const kinds = new Map(lines.flatMap(({ text, all, kind }) => [text, all ?? text].map((words) => [named(words, names), kind])));
  const said = [...kinds.keys()].filter((text) => message.includes(text));
  if (!said.length) return { text: message.trim().split(/\n{2,}/).at(-1) };
  const [kind, ...others] = new Set(said.map((text) => kinds.get(text)));
  return { text: said.join(" "), kind: others.length ? undefined : kind };
}

/* Puts a text into the field of a draft on this device, such as the message that is being written, after what stands there
 * already; and what `chosen` says into other fields. */
export async function intoDraft(site, name, text, field = "text", chosen = {}) {
  const key = draftKey(site, name);
  const kept = (await read("drafts", key)) ?? { site, who: whoIsHere(), fields: [], files: [] };
  const [, before] = kept.fields.find(([name]) => name === field) ?? [];
  const others = kept.fields.filter(([name]) => name !== field && !(name in chosen));
  const choices = Object.entries(chosen).map(([name, value]) => [name, { value }]);
  const value = before?.value ? `${before.value.trimEnd()}\n\n${text}` : text;
  await write("drafts", { ...kept, fields: [[field, { value }], ...choices, ...others] }, key);
}
