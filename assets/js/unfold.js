/* A form that stands as a button until it is wanted: many on one page would cost what nobody uses, and a browser looks at
 * every field of a page for its passwords, hidden ones too.
 */

import { createElement as h, useEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { draftKey, edit, wanted } from "./drafts.js";
import { useSite } from "./place.js";
import { within } from "./store.js";

export function Unfold({ operation, fixed, draft, face, children, ...rest }) {
  const [isOpen, setOpen] = useState(false);
  const place = useRef(null);
  const site = useSite();
  const isOf = ({ operation: of, command }) => of === operation && Object.keys(fixed).every((name) => command[name] === fixed[name]);

  function open() {
    flushSync(() => setOpen(true)); // within the tap, or a phone's keyboard stays away
    place.current.querySelector("textarea,input,select")?.focus();
  }

  useEffect(() => {
    let isHere = true;
    draftsKept().then((kept) => isHere && kept.has(draftKey(site, draft)) && setOpen(true));
    wanted().then((entry) => isHere && entry && isOf(entry) && setOpen(true), () => {});
    return () => (isHere = false);
  }, [site, draft]);

  useEffect(() => {
    if (isOpen) return undefined;
    const onEdit = (event) => {
      if (!isOf(event.detail)) return;
      event.preventDefault();
      open();
      edit(event.detail);
    };
    addEventListener("careapp:edit", onEdit);
    return () => removeEventListener("careapp:edit", onEdit);
  });

  return h("div", { ref: place }, isOpen ? children : h("button", { type: "button", ...rest, onClick: open }, face));
}

let asked;

/* The names of all drafts on this device, asked for once by all that is drawn at the same time. */
function draftsKept() {
  asked ??= within("drafts", "readonly", (store) => store.getAllKeys()).then(
    (keys) => new Set(keys),
    () => new Set(),
  );
  setTimeout(() => (asked = undefined), 1000);
  return asked;
}
