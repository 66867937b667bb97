/* By which clock the times of a form are meant: of the places that are near, or any other that the browser knows. */

import { createElement as h, useState } from "react";

const here = () => Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
const everywhere = () => (Intl.supportedValuesOf?.("timeZone") ?? []).map((value) => ({ value, words: city(value) }));
const city = (zone) => zone.split("/").slice(1).reverse().join(", ").replaceAll("_", " ") || zone;

/* Open for who lives by another clock than is usual here, and where no words say which it is; else behind these. */
export function ZoneField({ name = "zone", given, zones, words, looks, id }) {
  const own = given || here();
  const [chosen, setChosen] = useState(own);
  const near = zones.length ? [...zones] : [{ value: own, words: city(own) }];
  if (!words.here && near.every(({ value }) => value !== here())) near.push({ value: here(), words: city(here()) });
  const [others] = useState(() => everywhere().sort((a, b) => a.words.localeCompare(b.words)));
  const further = others.filter(({ value }) => near.every((one) => one.value !== value));
  const option = ({ value, words: place }) => h("option", { key: value, value }, place);

  const follow = (event) => setChosen(event.target.value);
  const select = { id, key: own, name, defaultValue: own, className: looks.field, onInput: follow };
  const field = h(
    "div",
    { "data-field": name },
    h("label", { htmlFor: id, className: looks.label }, words.label),
    h("select", select, near.map(option), h("optgroup", { label: words.others }, further.map(option))),
  );
  if (near.length > 1 || !words.here) return field;
  const { words: place } = [...near, ...others].find(({ value }) => value === chosen) ?? { words: city(chosen) };
  return h("details", null, h("summary", { className: looks.summary }, words.here.replace("{place}", place)), field);
}
