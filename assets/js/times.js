/* When something is to be: one day or several, each with its hours, whether it comes again, or whenever it suits. */

import { createElement as h, useEffect, useId, useRef, useState } from "react";
import { useForm } from "./forms.js";

const MOST = 60;
const DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
const BLANK = { on: "", starts: "", ends: "" };
const START = { suits: false, rows: [BLANK], every: "", days: [], until: "" };
const MONDAY = Date.UTC(2024, 0, 1);

const asTime = ({ on, starts, ends }) => ({ on, starts: starts || null, ends: (starts && ends) || null });
const asRow = ({ on, starts, ends }) => ({ on, starts: starts?.slice(0, 5) ?? "", ends: ends?.slice(0, 5) ?? "" });
const timesOf = ({ suits, rows }) => (suits ? [] : rows.filter(({ on }) => on).map(asTime));
const isWeekly = (every) => every === "week" || every === "two_weeks";

function repeatOf({ suits, rows, every, days, until }) {
  if (suits || !every || rows.length > 1) return null;
  return { every, days: isWeekly(every) ? days : [], until };
}

/* What the form's hidden fields hold is what is sent, and how a draft or a refused command comes back. `first` is what the
   first day starts from. With `isTimed` every day has its hours. */
export function Times({ words, looks, isTimed, first }) {
  const form = useForm();
  const [state, setState] = useState(() => ({ ...START, rows: [{ ...BLANK, ...first }] }));
  const isTouched = useRef(false);
  const id = useId();
  const change = (part) => ((isTouched.current = true), setState((before) => ({ ...before, ...part })));

  useEffect(() => {
    if (isTouched.current) form?.changed();
  }, [state]);

  const back = {
    times: (times) => times.length && { rows: times.map(asRow), suits: false },
    repeat: (repeat) => repeat && { ...repeat, days: repeat.days ?? [] },
    suits: (suits) => ({ suits }),
  };
  const hidden = (name, value, more) => {
    const onInput = ({ target }) => {
      const found = back[name](JSON.parse(target.value || "null") ?? []);
      if (found) setState((before) => ({ ...before, ...found }));
    };
    return h("input", { type: "hidden", name, value: JSON.stringify(value), "data-type": "json", onInput, ...more });
  };

  const context = { state, change, words, looks, id, isTimed };
  return h(
    "fieldset",
    { className: looks.set },
    h("legend", { className: looks.legend }, words.legend),
    hidden("times", timesOf(state)),
    hidden("repeat", repeatOf(state)),
    hidden("suits", state.suits, { disabled: true }),
    !isTimed && h(Whenever, context),
    !state.suits && state.rows.map((row, at) => h(Row, { ...context, row, at, key: at })),
    !state.suits && h(Another, context),
    !state.suits && state.rows.length === 1 && h(Again, context),
  );
}

function Whenever({ state, change, words, looks }) {
  const choice = (suits, label) =>
    h(
      "label",
      { className: looks.chip },
      h("input", {
        type: "radio",
        className: "sr-only",
        form: "none",
        name: "which-times",
        checked: state.suits === suits,
        onChange: () => change({ suits }),
      }),
      label,
    );
  return h("div", { className: looks.chips }, choice(false, words.at_a_time), choice(true, words.whenever));
}

/* Its fields have no names: they are part of the hidden ones. */
function Row({ state, change, row, at, words, looks, id, isTimed }) {
  const edit = (part) => change({ rows: state.rows.map((other, n) => (n === at ? { ...other, ...part } : other)) });
  const field = (name, type, label, more) =>
    h(
      "label",
      { className: looks.label },
      h("span", { className: looks.name }, label),
      h("input", { type, className: looks.field, value: row[name], onChange: ({ target }) => edit({ [name]: target.value }), ...more }),
    );
  const hour = (name) => field(name, "time", words[name], { required: isTimed });
  const remove = () => change({ rows: state.rows.filter((_, n) => n !== at) });
  return h(
    "div",
    { className: looks.row, role: "group", "aria-label": words.time.replace("{n}", at + 1) },
    field("on", "date", words.on, { required: true, min: today(), id: `${id}-${at}` }),
    h("div", { className: looks.hours }, hour("starts"), hour("ends")),
    state.rows.length > 1 && h("button", { type: "button", className: looks.remove, onClick: remove }, words.remove),
  );
}

function Another({ state, change, words, looks, id }) {
  if (state.rows.length >= MOST || state.every) return null;
  const add = () => {
    const last = state.rows.at(-1);
    change({ rows: [...state.rows, { ...last, on: nextDay(last.on) }] });
    setTimeout(() => document.getElementById(`${id}-${state.rows.length}`)?.focus());
  };
  return h("button", { type: "button", className: looks.another, onClick: add }, words.another);
}

function Again({ state, change, words, looks }) {
  const { every, days, until } = state;
  const option = (value) => h("option", { key: value, value }, words[value || "once"]);
  const choose = ({ target }) => change({ every: target.value });
  const end = ({ target }) => change({ until: target.value });
  return h(
    "div",
    { className: looks.again },
    h(
      "label",
      { className: looks.label },
      h("span", { className: looks.name }, words.again),
      h("select", { className: looks.field, value: every, onChange: choose }, ["", "day", "week", "two_weeks", "month"].map(option)),
    ),
    isWeekly(every) && h(Weekdays, { days, change, words, looks }),
    every &&
      h(
        "label",
        { className: looks.label },
        h("span", { className: looks.name }, words.until),
        h("input", { type: "date", className: looks.field, required: true, min: today(), value: until, onChange: end }),
      ),
  );
}

function Weekdays({ days, change, words, looks }) {
  const name = new Intl.DateTimeFormat(document.documentElement.lang || "en", { weekday: "short", timeZone: "UTC" });
  const toggle = (day) => change({ days: days.includes(day) ? days.filter((other) => other !== day) : [...days, day] });
  const chip = (day, n) =>
    h(
      "label",
      { key: day, className: looks.day },
      h("input", { type: "checkbox", className: "sr-only", checked: days.includes(day), onChange: () => toggle(day) }),
      name.format(MONDAY + n * 86_400_000),
    );
  return h("div", { role: "group", "aria-label": words.days, className: looks.chips }, DAYS.map(chip));
}

const inText = (day) => `${day.getFullYear()}-${String(day.getMonth() + 1).padStart(2, "0")}-${String(day.getDate()).padStart(2, "0")}`;
const today = () => inText(new Date());

function nextDay(on) {
  if (!on) return "";
  const [year, month, day] = on.split("-").map(Number);
  return inText(new Date(year, month - 1, day + 1));
}
