/* An eye on what others change while someone edits the same. */

import { Fragment, createElement as h, useEffect, useRef, useState } from "react";
import { isUntouchedForm } from "./fields.js";
import { useForm } from "./forms.js";

/* Which version the form around it was started from. When someone else has changed it since, shows what it says now; what
   is written here takes its place only after the writer has said so. */
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
