/* What writing in the journal needs beyond a form: names to insert, an eye on others' changes, photos at once. */

import { Fragment, createElement as h, useEffect, useRef, useState } from "react";
import { useSearchParams } from "react-router";
import { isUntouchedForm } from "./fields.js";
import { useForm } from "./forms.js";
import { sendNow } from "./outbox.js";
import { useSite } from "./place.js";

/* Which version of an update the form around it was started from. When someone else has changed it since, shows what it
   says now; what is written here takes its place only after the writer has said so. */
export function StartedFrom({ version, theirs, words, looks }) {
  const [started, setStarted] = useState(version);
  const field = useRef(null);
  const notice = useRef(null);
  const { problem } = useForm() ?? {};
  const isBehind = started < version;

  useEffect(() => {
    if (isBehind && problem) notice.current.scrollIntoView({ block: "center" });
  }, [isBehind, problem]);

  useEffect(() => {
    if (isUntouchedForm(field.current.form)) setStarted(version); // the fields themselves follow what is shown
  }, [version]);

  function takeTheirs() {
    const { form } = field.current;
    form.reset();
    setStarted(version);
    form.dispatchEvent(new Event("input", { bubbles: true }));
  }

  const button = (label, onClick) => h("button", { type: "button", className: looks.button, onClick }, label);
  const said = () =>
    h(
      "div",
      { role: "alert", ref: notice, className: looks.notice },
      h("p", { className: looks.title }, words.changed),
      h("blockquote", { dir: "auto", className: looks.theirs }, theirs || words.nothing),
      h("div", { className: looks.row }, button(words.mine, () => setStarted(version)), button(words.theirs, takeTheirs)),
    );
  const keep = { type: "hidden", name: "version", "data-type": "number", ref: field, value: started };
  return h(
    Fragment,
    null,
    h("input", { ...keep, onInput: (event) => setStarted(Number(event.target.value)) }), // a draft knows its own
    isBehind && said(),
  );
}

/* Around buttons with `data-inserts`: puts that text where the cursor of the field with the id `into` is. */
export function Inserting({ into, children, ...rest }) {
  function insert(event) {
    const button = event.target.closest("[data-inserts]");
    const field = button && document.getElementById(into);
    if (!field) return;
    const before = field.value.slice(0, field.selectionStart);
    const gap = !before || /\s$/.test(before) ? "" : " ";
    field.focus();
    field.setRangeText(gap + button.dataset.inserts, field.selectionStart, field.selectionEnd, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  return h("div", { ...rest, onClick: insert }, children);
}

/* Opens the choice of photos for who came to add one; where the browser wants a tap for it, nothing happens. */
export function PhotosAtOnce({ within }) {
  const isWanted = useSearchParams()[0].get("photo") === "1";
  useEffect(() => {
    if (isWanted && navigator.userActivation?.isActive) document.querySelector(`#${within} input[type=file]`)?.click();
  }, [isWanted, within]);
  return null;
}

/* Takes the mentions in an update off the home page of who has opened it. */
export function MentionsSeen({ update, isNew }) {
  const site = useSite();
  useEffect(() => {
    if (site && isNew) sendNow("journal.mark_mentions_seen", { site, command: { update_id: update } }).catch(() => {});
  }, [site, update, isNew]);
  return null;
}

/* Today, where this device is, as a date field writes it. */
export function localDay() {
  const at = new Date();
  return new Date(at - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}
