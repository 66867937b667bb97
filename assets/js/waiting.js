/* What this device still has to send, as people see it. */

import { createElement as h, useEffect, useEffectEvent, useId, useSyncExternalStore } from "react";
import { useNavigate } from "react-router";
import { counted } from "./bars.js";
import { edit, editLater } from "./drafts.js";
import { filled } from "./forms.js";
import { useWaiting } from "./hooks.js";
import { discard, retry } from "./outbox.js";
import { RAISE } from "./outbox_order.js";
import { useHere, useSite } from "./place.js";
import { isQuiet } from "./quiet.js";
import { toast } from "./ui.js";

const lists = new Map(); // list of this page → what stands in it, by op_id
const listeners = new Set();
let listed = new Set();

export function WaitingList({ operation, match, text, editAt, words, looks, ...rest }) {
  const site = useSite();
  const entries = useWaiting(operation, match, site);
  useListed(entries);
  const navigate = useNavigate();

  function change(entry) {
    const form = editAt ? filled(editAt, entry.command) : entry.page;
    if (edit(entry) || !form) return;
    editLater(entry);
    navigate(form);
  }

  const action = (label, onClick) => h("button", { type: "button", className: looks.button, onClick }, label);
  const draw = (entry) =>
    h(
      "li",
      { key: entry.op_id, className: looks.item, "data-state": entry.state },
      (entry.command[text] || entry.label) && h("p", { className: looks.text, dir: "auto" }, entry.command[text] || entry.label),
      entry.files.length > 0 && h("div", { className: looks.pictures }, entry.files.map((file) => picture(file, looks))),
      status(entry, words, looks),
      h(
        "div",
        { className: looks.row },
        entry.state === "refused" && action(words.edit, () => change(entry)),
        entry.state === "refused" && action(words.again, () => retry(entry.seq).catch(() => {})),
        entry.state !== "sent" && action(words.discard, () => discard(entry.seq)),
      ),
    );
  return entries.length ? h("ul", rest, entries.map(draw)) : null;
}

/* What was tapped and not accepted later, each until it was read: by then its button may stand there no more. */
export function RefusedList({ operations, match, words, looks, ...rest }) {
  const entries = useWaiting("", match, useSite());
  const refused = entries.filter((entry) => entry.state === "refused" && operations.includes(entry.operation));
  useListed(refused);
  const draw = (entry) =>
    h(
      "li",
      { key: entry.op_id, className: looks.item },
      entry.label && h("p", { className: looks.about, dir: "auto" }, entry.label),
      h("p", { role: "alert", className: looks.words }, whyNot(entry) || words.refused),
      h("button", { type: "button", className: looks.button, onClick: () => discard(entry.seq) }, words.read),
    );
  return refused.length ? h("ul", rest, refused.map(draw)) : null;
}

/* What was refused and stands in no list of this page, whatever became of the page that it was written on. What says
 * nothing of itself, as a tap, is told of once. */
export function RefusedBar({ words, looks, ...rest }) {
  const known = useSyncExternalStore(onListed, () => listed, () => listed);
  const isOurs = (entry) => entry.state === "refused" && !known.has(entry.op_id) && !isQuiet(entry) && !isSos(entry);
  const refused = useWaiting().filter(isOurs);
  const navigate = useNavigate();
  const here = useHere();
  const told = refused.filter((entry) => saidIn(entry).length || entry.files.length);
  const tapped = refused.filter((entry) => !told.includes(entry));

  const tellOf = useEffectEvent(() => {
    if (document.visibilityState !== "visible") return;
    for (const entry of tapped) toast(whyNot(entry) || words.refused), discard(entry.seq);
  });
  useEffect(() => {
    const look = () => tellOf();
    look();
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, [tapped.length]);

  function change(entry) {
    if (edit(entry)) return;
    if (entry.page === here) return toast(words.gone);
    editLater(entry);
    navigate(entry.page);
  }

  const action = (label, onClick) => h("button", { type: "button", className: looks.button, onClick }, label);
  const draw = (entry) =>
    h(
      "li",
      { key: entry.op_id, className: looks.item },
      saidIn(entry).map((text, at) => h("p", { key: at, className: looks.text, dir: "auto" }, text)),
      entry.files.length > 0 && h("div", { className: looks.pictures }, entry.files.map((file) => picture(file, looks))),
      h("p", { className: looks.words }, why(entry, words)),
      h(
        "div",
        { className: looks.row },
        entry.page && action(words.edit, () => change(entry)),
        action(words.again, () => retry(entry.seq).catch(() => {})),
        action(words.discard, () => discard(entry.seq)),
      ),
    );
  if (!told.length) return null;
  const summary = h("summary", { role: "alert", className: looks.summary }, counted(told.length, words));
  return h("details", rest, summary, h("ul", { className: looks.list }, told.map(draw)));
}

/* An SOS has a bar of its own. */
const isSos = ({ operation, unsure_until }) => operation === RAISE || !!unsure_until;

/* What a person knows an entry by: what they wrote, or what it was about. */
function saidIn({ written, label, command }) {
  if (written?.length) return written;
  return [label || command.text || command.words || command.title].filter(Boolean);
}

function useListed(entries) {
  const list = useId();
  const ids = entries.map(({ op_id }) => op_id).join();
  useEffect(() => {
    say(list, ids.split(","));
    return () => say(list, []);
  }, [list, ids]);
}

function say(list, ids) {
  lists.set(list, ids);
  listed = new Set([...lists.values()].flat());
  listeners.forEach((listener) => listener());
}

const onListed = (listener) => (listeners.add(listener), () => listeners.delete(listener));

/* Of what has no fields on the page, the words about them say it best. */
export const whyNot = ({ words, fields }) => Object.values(fields ?? {}).join(" ") || words;

function picture({ media_id, preview, name, alt }, looks) {
  if (preview) return h("img", { key: media_id, src: preview, alt: alt ?? "", className: looks.picture });
  return h("span", { key: media_id, className: looks.blank }, name);
}

function status(entry, words, looks) {
  if (entry.state === "refused") return h("p", { role: "alert", className: looks.words }, why(entry, words));
  return h("p", { role: "status", className: looks.status }, how(entry, words));
}

function how({ state, percent, code, files }, words) {
  if (state === "sending") return files.length && percent !== null ? words.percent.replace("{percent}", percent) : words.sending;
  if (state === "sent") return words.sent;
  return code === "not_signed_in" ? words.signin : words.waiting;
}

function why({ code, words: told, fields }, words) {
  if (code === "file_lost") return words.lost;
  return [told || words.refused, ...Object.values(fields ?? {})].join(" ");
}
