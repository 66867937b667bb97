/* What this device still has to send, as people see it. */

import { createElement as h } from "react";
import { useNavigate } from "react-router";
import { edit, editLater } from "./drafts.js";
import { filled } from "./forms.js";
import { useWaiting } from "./hooks.js";
import { discard, retry } from "./outbox.js";
import { useSite } from "./place.js";

export function WaitingList({ operation, match, text, editAt, words, looks, ...rest }) {
  const site = useSite();
  const entries = useWaiting(operation, match, site);
  const navigate = useNavigate();

  function change(entry) {
    if (edit(entry) || !editAt) return;
    editLater(entry);
    navigate(filled(editAt, entry.command));
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
