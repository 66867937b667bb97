/* Picking a calendar file: its text becomes the field `text` of the form around it, which is sent at once. */

import { createElement as h, useRef, useState } from "react";
import { flushSync } from "react-dom";

export function CalendarFile({ most, words, looks }) {
  const picker = useRef(null);
  const [picked, setPicked] = useState({ name: "", text: "", problem: "" });

  async function pick(event) {
    const [file] = event.target.files;
    const { form } = event.target;
    event.target.value = ""; // the same file may be picked again
    if (!file) return;
    const name = file.name.replace(/\.[^.]*$/, "").slice(0, 100);
    const text = file.size > most ? null : textOf(await file.arrayBuffer().catch(() => new ArrayBuffer(0)));
    const problem = text === null || text.length > most ? words.too_large : text ? "" : words.empty;
    flushSync(() => setPicked({ name, text: problem ? "" : text, problem })); // the form is sent with what its fields hold
    if (!problem) form.requestSubmit();
  }

  return h(
    "div",
    null,
    h("input", { ref: picker, type: "file", accept: ".ics,.ical,.ifb,text/calendar", hidden: true, onChange: pick }),
    h("input", { type: "hidden", name: "name", value: picked.name, readOnly: true }),
    h("input", { type: "hidden", name: "text", value: picked.text, readOnly: true }),
    h("button", { type: "button", className: looks.button, onClick: () => picker.current.click() }, words.pick),
    picked.problem && h("p", { role: "alert", className: looks.problem }, picked.problem),
  );
}

/* Older programs write the signs of their own country. */
function textOf(bytes) {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}
