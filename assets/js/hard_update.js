/* News that is hard to tell, in four parts: each has beginnings to tap, and room for one's own words. */

import { Fragment, createElement as h, useEffect, useRef, useState } from "react";
import { useForm } from "./forms.js";
import { useHandOver } from "./say.js";
import { named, useSayings, withSentence } from "./sayings.js";

const PARTS = ["happened", "known", "needed", "unwanted"];
const EMPTY = Object.fromEntries(PARTS.map((part) => [part, ""]));

export function HardUpdate({ names, words, looks }) {
  const form = useForm();
  const [sayings, hasFailed, tryAgain] = useSayings();
  const [about, setAbout] = useState("");
  const [texts, setTexts] = useState(EMPTY);
  const fields = useRef({});
  const title = useRef(null);
  const isMoved = useRef(false);
  const found = sayings?.updates.find(({ key }) => key === about);
  const whole = PARTS.map((part) => texts[part].trim()).filter(Boolean).join("\n\n");
  const hand = useHandOver(() => PARTS.forEach((part) => put(part, "")), words.not_kept);

  function put(part, value) {
    fields.current[part].value = value;
    fields.current[part].dispatchEvent(new Event("input", { bubbles: true }));
  }

  function choose(key) {
    isMoved.current = true;
    setAbout(key);
  }

  useEffect(() => {
    if (!isMoved.current) return;
    title.current?.focus();
    form.changed();
  }, [about]);

  const begin = (part, starter) => {
    put(part, withSentence(texts[part], starter));
    goToGap(fields.current[part]);
  };
  const shown = { className: found ? undefined : "hidden" };
  return h(
    Fragment,
    null,
    h("input", { type: "hidden", name: "about", value: about, disabled: true, onInput: ({ target }) => setAbout(target.value) }),
    found ? h(About, { found, choose, title, words, looks }) : h(Which, { sayings, choose, title, words, looks }),
    hasFailed &&
      h(
        "div",
        { role: "alert", className: looks.failed },
        h("p", null, words.failed),
        h("button", { type: "button", className: looks.secondary, onClick: tryAgain }, words.again),
      ),
    h(
      "div",
      shown,
      PARTS.map((part) =>
        h(Part, {
          key: part,
          part,
          starters: (found?.[part] ?? []).map((text) => named(text, names)),
          begin: (starter) => begin(part, starter),
          hold: (element) => void (fields.current[part] = element),
          onInput: ({ target }) => setTexts((before) => ({ ...before, [part]: target.value })),
          words,
          looks,
        }),
      ),
      h("p", { className: looks.note }, words.then),
      h(
        "button",
        { type: "button", className: looks.wide, disabled: !whole, onClick: () => hand("update", whole) },
        words.into_update,
      ),
    ),
  );
}

/* The dots of a beginning are where one goes on writing. */
function goToGap(field) {
  const at = field.value.lastIndexOf("…");
  field.focus();
  if (at >= 0) field.setSelectionRange(at, at + 1);
}

function Which({ sayings, choose, title, words, looks }) {
  const option = ({ key, name }) =>
    h("li", { key }, h("button", { type: "button", className: looks.option, onClick: () => choose(key) }, name));
  return h(
    "section",
    null,
    h("h2", { ref: title, tabIndex: -1, className: looks.question }, words.ask_update),
    h("ul", { className: looks.options }, (sayings?.updates ?? []).map(option)),
  );
}

function About({ found, choose, title, words, looks }) {
  return h(
    "section",
    null,
    h("h2", { ref: title, tabIndex: -1, className: looks.question }, found.name),
    h("p", { className: looks.hint }, found.hint),
    h("button", { type: "button", className: looks.quiet, onClick: () => choose("") }, words.other_update),
  );
}

function Part({ part, starters, begin, hold, onInput, words, looks }) {
  const id = `hard-${part}`;
  const starter = (text) =>
    h("li", { key: text }, h("button", { type: "button", className: looks.starter, onClick: () => begin(text) }, text));
  return h(
    "section",
    { className: looks.part_of },
    h("label", { htmlFor: id, className: looks.label_of }, words[part]),
    h("p", { id: `${id}-hint`, className: looks.note }, words[`${part}_hint`]),
    h("textarea", {
      id,
      name: part,
      ref: hold,
      rows: 2,
      dir: "auto",
      maxLength: 10_000,
      defaultValue: "",
      "aria-describedby": `${id}-hint`,
      className: looks.field,
      onInput,
    }),
    h("ul", { className: looks.starters, "aria-label": words.starters }, starters.map(starter)),
  );
}
