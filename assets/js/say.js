/* "What to say": three choices, one at a time, then sentences to tap together, and a text that is one's own. */

import { Fragment, createElement as h, useEffect, useRef, useState, useSyncExternalStore } from "react";
import { Link, useLocation, useNavigate } from "react-router";
import { FieldError, FormWords, useForm } from "./forms.js";
import { useAddress, useParam, useSite } from "./place.js";
import { intoDraft, offerIn, suggested, tonesFor, useSayings, withSentence, withoutSentence } from "./sayings.js";
import { CopyButton } from "./share.js";
import { toast } from "./ui.js";

const STEPS = ["relation", "to", "situation"];
const PARTS = ["opening", "line", "offer"];
const NOTHING = { relation: "", to: "", situation: "", tone: "warm" };
const HARD = "#hard";
const FIELD = "what-to-say";
const never = () => () => {};

/* The update that is answered. It may stand after the #, so that the page has one address on this device. */
export function useAnswered() {
  const after = new URLSearchParams(useLocation().hash.slice(1)).get("update");
  return useParam("update") || after || "";
}

/* The two things this page helps with; the second only for those who write updates. */
export function Modes({ isForWriters, words, looks, children }) {
  const { hash, search } = useLocation();
  const [message, update] = children;
  const isHard = isForWriters && hash === HARD;
  const tab = (isCurrent, target, label) =>
    h(Link, { to: { search, hash: target }, replace: true, className: looks.tab, "aria-current": isCurrent ? "page" : undefined }, label);
  const tabs = () =>
    h("nav", { className: looks.tabs, "aria-label": words.modes }, tab(!isHard, "", words.message_mode), tab(isHard, HARD, words.hard_mode));
  return h(Fragment, null, isForWriters && tabs(), isHard ? update : message);
}

export function Guide({ names, can, choices, words, looks }) {
  const form = useForm();
  const [sayings, hasFailed, tryAgain] = useSayings();
  const [chosen, setChosen] = useState(NOTHING);
  const [text, setText] = useState("");
  const field = useRef(null);
  const title = useRef(null);
  const isMoved = useRef(false);
  const step = STEPS.find((name) => !chosen[name]);
  const about = sayings?.situations.find(({ key }) => key === chosen.situation);

  function choose(name, value) {
    isMoved.current = true;
    setChosen((before) => withChoice(before, name, value, sayings));
  }

  function put(value) {
    field.current.value = value;
    field.current.dispatchEvent(new Event("input", { bubbles: true })); // so that the form keeps it
  }

  useEffect(() => {
    if (!isMoved.current) return;
    title.current?.focus();
    form.changed();
  }, [step]);

  const options = { ...choices, situation: situationsFor(sayings, chosen.to) };
  const context = { words, looks, names, can, chosen, choose, text, put };
  const offered = () => offerIn(text, sayings?.situations ?? [], names);
  return h(
    Fragment,
    null,
    Object.entries(chosen).map(([name, value]) => h(Kept, { key: name, name, value, onRestored: setChosen })),
    h(Chosen, { ...context, options }),
    step && (step !== "situation" || sayings)
      ? h(Question, { key: step, ...context, step, options: options[step], title })
      : about && h(Suggestions, { ...context, about, never: sayings.never, title }),
    hasFailed && h(Failed, { words, looks, tryAgain }),
    h(Message, { ...context, offered, field, setText, isShown: !step || !!text }),
  );
}

/* A choice goes where it cannot be meant any more: not everything happens to everyone. */
function withChoice(before, name, value, sayings) {
  const after = { ...before, [name]: value };
  const about = sayings?.situations.find(({ key }) => key === after.situation);
  if (about && after.to && !about.to.includes(after.to)) after.situation = "";
  return after;
}

const situationsFor = (sayings, to) =>
  (sayings?.situations ?? []).filter((one) => !to || one.to.includes(to)).map(({ key, name }) => ({ key, words: name }));

/* Kept with the draft and never sent: a disabled field is no part of a command. */
function Kept({ name, value, onRestored }) {
  const restored = ({ target }) => onRestored((before) => ({ ...before, [name]: target.value }));
  return h("input", { type: "hidden", name, value, disabled: true, onInput: restored });
}

function Chosen({ chosen, choose, options, words, looks }) {
  const made = STEPS.filter((name) => chosen[name]);
  const label = (name) => options[name].find(({ key }) => key === chosen[name])?.words ?? "";
  if (!made.length) return null;
  const item = (name) =>
    h(
      "li",
      { key: name },
      h(
        "button",
        { type: "button", className: looks.chosen, onClick: () => choose(name, "") },
        h("span", { className: "sr-only" }, words.change, " "),
        label(name),
        h("span", { "aria-hidden": true, className: looks.pen }, "✎"),
      ),
    );
  return h("ul", { className: looks.made, "aria-label": words.made }, made.map(item));
}

function Question({ step, options, title, choose, words, looks }) {
  const at = STEPS.indexOf(step) + 1;
  const option = ({ key, words: label, detail }) =>
    h(
      "li",
      { key },
      h(
        "button",
        { type: "button", className: looks.option, onClick: () => choose(step, key) },
        h("span", { className: looks.label }, label),
        detail && h("span", { className: looks.detail }, detail),
      ),
    );
  return h(
    "section",
    null,
    h("p", { className: looks.step }, words.step.replace("{n}", at)),
    h("h2", { ref: title, tabIndex: -1, className: looks.question }, words[`ask_${step}`]),
    h("ul", { className: step === "situation" ? looks.many : looks.options }, options.map(option)),
  );
}

function Suggestions({ about, never: always, title, chosen, choose, names, can, text, put, words, looks }) {
  const tones = tonesFor(about, chosen.relation, can.faith);
  const tone = tones.includes(chosen.tone) ? chosen.tone : "warm";
  const found = suggested(about, { ...chosen, tone }, names);
  const sentence = (part) => (said) => {
    const isIn = text.includes(said);
    const toggle = () => put(isIn ? withoutSentence(text, said) : withSentence(text, said, part === "offer"));
    const sign = h("span", { "aria-hidden": true, className: looks.sign }, isIn ? "✓" : "+");
    const look = isIn ? looks.picked : looks.sentence;
    return h(
      "li",
      { key: said },
      h("button", { type: "button", "aria-pressed": isIn, className: look, onClick: toggle }, sign, h("span", null, said)),
    );
  };
  return h(
    "section",
    null,
    h("h2", { ref: title, tabIndex: -1, className: looks.question }, about.name),
    h("p", { className: looks.hint }, about.hint),
    h(Tones, { tones, tone, choose, words, looks }),
    PARTS.filter((part) => found[part].length).map((part) =>
      h(
        Fragment,
        { key: part },
        h("h3", { className: looks.part }, words[part]),
        h("ul", { className: looks.sentences }, found[part].map(sentence(part))),
      ),
    ),
    h(NotSaid, { summary: words.not_said, list: about.notSaid, looks }),
    h(NotSaid, { summary: words.never, list: always, looks }),
    text && h(Onward, { words, looks }),
  );
}

/* Stays at the bottom of the screen while the sentences are looked through, and says that the taps arrive somewhere. */
function Onward({ words, looks }) {
  const go = () => {
    const field = document.getElementById(FIELD);
    field.scrollIntoView({ block: "center" });
    field.focus({ preventScroll: true });
  };
  const button = h("button", { type: "button", className: looks.onward_button, onClick: go }, words.onward);
  return h("div", { className: looks.onward }, button);
}

/* Its radio buttons belong to no form: how one looks for words is no part of a message. */
function Tones({ tones, tone, choose, words, looks }) {
  const chip = (key) =>
    h(
      "label",
      { key, className: looks.chip },
      h("input", {
        type: "radio",
        name: "which-tone",
        form: "none",
        className: "sr-only",
        checked: key === tone,
        onChange: () => choose("tone", key),
      }),
      words[key],
    );
  return h(
    "fieldset",
    { className: looks.tones },
    h("legend", { className: looks.legend }, words.tone),
    h("div", { className: looks.chips }, tones.map(chip)),
  );
}

function NotSaid({ summary, list, looks }) {
  const item = ({ said, why }) =>
    h("li", { key: said }, h("p", { className: looks.wrong }, "“", said, "”"), h("p", { className: looks.why }, why));
  return h(
    "details",
    { className: looks.details },
    h("summary", { className: looks.summary }, summary),
    h("ul", { className: looks.reasons }, list.map(item)),
  );
}

function Failed({ words, looks, tryAgain }) {
  const again = h("button", { type: "button", className: looks.secondary, onClick: tryAgain }, words.again);
  return h("div", { role: "alert", className: looks.failed }, h("p", null, words.failed), again);
}

function Message({ field, setText, isShown, text, put, offered, can, words, looks }) {
  const answered = useAnswered() && can.comment;
  const canShare = useSyncExternalStore(never, () => !!navigator.share, () => false);
  const posts = answered || can.message;
  const hand = useHandOver(() => put(""), words.not_kept);
  const offer = useHandOver(() => {}, words.not_kept); // the message is still to be sent
  const [emptied, setEmptied] = useState("");
  const { changed } = useForm();
  const handOffer = () => {
    const { text: said, kind } = offered();
    return offer("offer-help", said, kind && { kind });
  };
  const share = () => navigator.share({ text }).catch(() => {}); // whoever turns away from sharing has changed their mind
  const keep = () => (changed(), toast(words.kept));
  const empty = () => (setEmptied(text), put(""), field.current.focus());
  const button = (label, look, onClick, more) =>
    h("button", { type: "button", className: looks[look], onClick, disabled: !text.trim(), ...more }, label);
  const first = posts ? "secondary" : "primary";
  return h(
    "section",
    { className: looks.message, hidden: !isShown },
    h("label", { htmlFor: FIELD, className: looks.label_of }, words.message),
    h(FieldError, { name: "text", className: looks.wrong_field }),
    h("textarea", {
      id: FIELD,
      name: "text",
      ref: field,
      rows: 5,
      dir: "auto",
      maxLength: 10_000,
      defaultValue: "",
      placeholder: words.placeholder,
      className: looks.field,
      onInput: ({ target }) => setText(target.value),
    }),
    h("p", { className: looks.note }, words.yours, " ", words.stays),
    posts && h("p", { className: looks.note }, answered ? words.under_update : words.on_wall),
    h(FormWords, { className: looks.wrong_field, noteClass: looks.note }),
    h(
      "div",
      { className: looks.row },
      posts && button(answered ? words.post : words.post_message, "primary", undefined, { type: "submit" }),
      canShare && button(words.share, first, share),
      h(
        CopyButton,
        { text, copied: words.copied, className: canShare ? looks.secondary : looks[first], disabled: !text.trim() },
        words.copy,
      ),
      answered && can.message && button(words.into_message, "secondary", () => hand("message", text)),
      can.write && button(words.into_update, "secondary", () => hand("update", text)),
      can.offer && button(words.into_offer, "secondary", handOffer),
      button(words.keep, "quiet", keep),
      text
        ? button(words.empty, "quiet", empty)
        : emptied && button(words.bring_back, "quiet", () => (put(emptied), setEmptied("")), { disabled: false }),
    ),
  );
}

const DRAFTS = {
  update: { page: "/write", field: "text" },
  message: { page: "/write-message", field: "text" },
  "offer-help": { page: "/help-wanted", field: "words" },
};

/* A function (name, text, what is chosen with it) that puts it into the draft of DRAFTS that is being written, goes there,
 * and calls `done`; `failed` is said when it cannot be kept. */
export function useHandOver(done, failed) {
  const site = useSite();
  const address = useAddress();
  const navigate = useNavigate();
  return async (name, text, chosen) => {
    const { page, field } = DRAFTS[name];
    try {
      await intoDraft(site, name, text.trim(), field, chosen);
      done();
      navigate(address(page));
    } catch {
      toast(failed);
    }
  };
}
