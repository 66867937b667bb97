/* Hours to tap: the parts of a day at once, the same on other days, and what is chosen in words. */

import { createElement as h, useEffect, useRef, useState } from "react";

const PART = 6; // hours
const PARTS = ["night", "morning", "afternoon", "evening"];
const WORKING = ["MO", "TU", "WE", "TH", "FR"];
const DAYS = [...WORKING, "SA", "SU"];

/* The boxes of one day of a form, from midnight on. The form of a single day gives it no name. */
const boxesOf = (form, day) =>
  [...form.querySelectorAll('input[name="hours"]')].filter(({ value }) => !day || value.startsWith(`${day}-`));

/* Which hours are chosen, in signs: "1" for each that is. */
function useChosen(day, said) {
  const place = useRef(null);
  const [chosen, setChosen] = useState("");
  const look = () => setChosen(boxesOf(place.current.closest("form"), day).map(({ checked }) => +checked).join(""));
  useEffect(() => {
    const form = place.current.closest("form");
    const later = () => setTimeout(() => place.current && look());
    form.addEventListener("input", look);
    form.addEventListener("reset", later);
    return () => {
      form.removeEventListener("input", look);
      form.removeEventListener("reset", later);
    };
  }, [day]);
  useEffect(look, [day, said]);
  return [place, chosen];
}

/* The hours of a day in words, as they are chosen just now. `said` is what the server says of them. */
export function HourWords({ day, said, labels, words, ...rest }) {
  const [place, chosen] = useChosen(day, said);
  return h("span", { ...rest, ref: place }, chosen ? inWords(chosen, labels, words) : said);
}

function inWords(chosen, labels, words) {
  if (!chosen.includes("1")) return words.away;
  if (!chosen.includes("0")) return words.all_day;
  const runs = [...chosen.matchAll(/1+/g)].map(({ index, 0: run }) => [index, index + run.length]);
  return runs.map(([begins, ends]) => `${labels[begins]} – ${labels[ends]}`).join(", ");
}

/* Buttons for the parts of a day, and to have the same on others. */
export function HourTools({ day, words, looks }) {
  const [place, chosen] = useChosen(day);

  function put(boxes, isOn) {
    const changed = boxes.filter((box, n) => box.checked !== isOn(n));
    for (const box of changed) box.checked = !box.checked;
    changed.at(-1)?.dispatchEvent(new Event("input", { bubbles: true }));
  }

  const form = () => place.current.closest("form");
  const part = (name, n) => {
    const isWhole = chosen.slice(n * PART, (n + 1) * PART) === "1".repeat(PART);
    const press = () => put(boxesOf(form(), day).slice(n * PART, (n + 1) * PART), () => !isWhole);
    return h(
      "button",
      { key: name, type: "button", "aria-pressed": isWhole, className: looks.part, onClick: press },
      h("span", { className: looks.name }, words[name]),
      h("span", { className: looks.hours }, words[`${name}_hours`]),
    );
  };
  const same = (label, days) => {
    const press = () => put(days.flatMap((other) => boxesOf(form(), other)), (n) => chosen[n % chosen.length] === "1");
    return h("button", { key: label, type: "button", className: looks.same, onClick: press }, label);
  };
  return h(
    "div",
    { ref: place, className: looks.set },
    h("div", { role: "group", "aria-label": words.parts, className: looks.parts }, PARTS.map(part)),
    day && h("div", { className: looks.others }, same(words.working, WORKING), same(words.every, DAYS)),
  );
}
