/* The steps of a ladder, as part of a form: who is told, how long after the step before, and by which ways. */

import { createElement as h, useEffect, useRef, useState } from "react";
import { useForm } from "./forms.js";
import { useWords } from "./words.js";

const MOST = 10;

export function LadderSteps({ name, steps, fresh, after, whom, words, looks, ...rest }) {
  const form = useForm();
  const inWords = useWords();
  const given = JSON.stringify(steps ?? []);
  const [list, setList] = useState(() => started(steps));
  const now = useRef(list);
  const isChanged = useRef(false);

  function show(next, isChange = true) {
    setList((now.current = next));
    if (!isChange) return;
    isChanged.current = true;
    form?.changed();
  }

  const edit = (key, change) => show(now.current.map((step) => (step.key === key ? { ...step, ...change } : step)));
  const add = () => show([...now.current, own(fresh)]);
  const remove = (key) => show(now.current.filter((step) => step.key !== key));

  useEffect(() => {
    const theirs = started(JSON.parse(given));
    if (isChanged.current && !isSame(theirs, now.current)) return;
    isChanged.current = false; // what was changed here is saved
    show(theirs, false);
  }, [given]);

  useEffect(() =>
    form?.register(name, {
      files: () => [],
      restore: () => {
        isChanged.current = false;
        show(started(JSON.parse(given)), false);
      },
      value: async () => now.current.map(asCommand),
    }),
  );

  const choose = (label, value, options, onChange) =>
    h(
      "label",
      { className: looks.label },
      h("span", { className: looks.name }, label),
      h(
        "select",
        { className: looks.select, value, onChange: (event) => onChange(event.target.value) },
        options.map((option) => h("option", { key: option.value, value: option.value }, option.words)),
      ),
    );
  const tick = (key, label, checked, onChange) =>
    h(
      "label",
      { key, className: looks.tick },
      h("input", { type: "checkbox", className: looks.box, checked, onChange: (event) => onChange(event.target.checked) }),
      label,
    );
  const ticks = (legend, children) =>
    h("fieldset", { className: looks.ticks }, h("legend", { className: looks.name }, legend), children);

  const isForNobody = ({ whom: key, member_ids }) =>
    key === "named" ? !member_ids.length : !whom.find(({ value }) => value === key).people;

  const draw = (step, index) =>
    h(
      "li",
      { key: step.key, className: looks.step },
      h("h2", { className: looks.title }, words.step.replace("{n}", index + 1)),
      index === 0
        ? h("p", { className: looks.hint }, words.at_once)
        : choose(words.after, String(step.after_seconds), withOwn(after, step.after_seconds), (value) =>
            edit(step.key, { after_seconds: Number(value) }),
          ),
      choose(words.who, step.whom, whom, (value) => edit(step.key, { whom: value })),
      step.whom === "named" &&
        ticks(
          words.named,
          step.people.map(({ member_id: id, face }) =>
            tick(id, face.name, step.member_ids.includes(id), (is) =>
              edit(step.key, { member_ids: toggled(step.member_ids, id, is) }),
            ),
          ),
        ),
      isForNobody(step) && h("p", { role: "alert", className: looks.problem }, words.nobody),
      ticks(
        words.how,
        step.ways.map(({ key, words: called }) =>
          tick(key, inWords(called), step.channels.includes(key), (is) =>
            edit(step.key, { channels: toggled(step.channels, key, is) }),
          ),
        ),
      ),
      step.channels.length === 0 && h("p", { role: "alert", className: looks.problem }, words.no_way),
      now.current.length > 1 &&
        h("button", { type: "button", className: looks.remove, onClick: () => remove(step.key) }, words.remove),
    );
  return h(
    "div",
    rest,
    h("ol", { className: looks.list }, list.map(draw)),
    list.length < MOST && h("button", { type: "button", className: looks.add, onClick: add }, words.add),
  );
}

const started = (steps) => (steps ?? []).map(own);

let made = 0;
const own = ({ after_seconds, whom, member_ids, channels, people }) => ({
  key: ++made,
  after_seconds,
  whom,
  member_ids: [...member_ids],
  ways: channels,
  channels: channels.filter((way) => way.is_chosen).map((way) => way.key),
  people,
});

const asCommand = ({ after_seconds, whom, member_ids, channels }, index) => ({
  after_seconds: index ? after_seconds : 0,
  whom,
  channels,
  member_ids: whom === "named" ? member_ids : [],
});

const isSame = (one, other) => JSON.stringify(one.map(asCommand)) === JSON.stringify(other.map(asCommand));

const toggled = (list, one, is) => (is ? [...list, one] : list.filter((other) => other !== one));

/* A time that was set elsewhere is offered too. */
const withOwn = (after, seconds) =>
  after.some(({ value }) => Number(value) === seconds) ? after : [...after, { value: String(seconds), words: `${seconds} s` }];
