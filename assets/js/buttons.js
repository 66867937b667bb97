/* Buttons that are commands. */

import { Fragment, createElement as h, useEffect, useRef, useState } from "react";
import { createPortal } from "react-dom";
import { useNavigate } from "react-router";
import { filled } from "./forms.js";
import { useWaiting } from "./hooks.js";
import { left } from "./lost.js";
import { discard, send, sendNow } from "./outbox.js";
import { useSite } from "./place.js";
import { toast } from "./ui.js";
import { whyNot } from "./waiting.js";

export function ActionButton(props) {
  const { operation, command, siteOf, about, confirm, pending, pressed, next, offline, leaves, words, looks, onAnswer, children, ...rest } =
    props;
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState("");
  const [isAsking, setAsking] = useState(false);
  const place = useRef(null);
  const here = useSite();
  const site = siteOf || here || null;
  const navigate = useNavigate();
  const [entry] = useWaiting(operation, command, site).filter((one) => one.state !== "refused");
  const isToggle = pressed !== undefined;

  async function act() {
    if (busy) return;
    setRefused("");
    if (isToggle && entry?.state === "waiting") return void discard(entry.seq); // pressed and taken back before it left
    setBusy(true);
    const result = await (offline ? send : sendNow)(operation, { site, command, label: about }).catch(() => ({ failed: true }));
    setBusy(false);
    if (result.refused && !place.current) return; // nobody sees this button any more: it is told as what was refused later
    if (result.refused && result.seq) await discard(result.seq);
    if (result.refused || result.failed) return say(whyNot(result) || words.failed);
    if (result.offline) return say(words.offline);
    if (result.ok && leaves) await left(site);
    if (result.ok) onAnswer?.(result.answer);
    if (next) navigate(filled(next, result.answer));
  }

  /* A menu is closed by then, and what stands in it cannot be read. */
  function say(why) {
    if (place.current?.closest("[data-menu]")) toast(why);
    else setRefused(why);
  }

  const isUnderWay = busy || !!entry;
  const button = h(
    "button",
    {
      type: "button",
      ...rest,
      ref: place,
      onClick: () => (confirm ? setAsking(true) : act()),
      "aria-busy": busy || undefined,
      "data-waiting": entry?.state,
      "aria-pressed": isToggle ? isUnderWay !== !!pressed : undefined,
    },
    (isUnderWay && pending) || children,
  );
  return h(
    Fragment,
    null,
    button,
    isAsking && h(Confirm, { question: confirm, words, looks, onYes: act, onClose: () => setAsking(false) }),
    refused && h("span", { role: "alert", className: looks.refused }, refused),
  );
}

/* Asks once more, as soon as it is drawn; Escape and the second button mean no. It hangs on the frame, since a menu closes
 * around its button. */
export function Confirm({ question, words, looks, onYes, onClose }) {
  const [frame] = useState(() => document.querySelector("#page [data-colour]") ?? document.body);
  const asking = useRef(null);
  useEffect(() => asking.current.showModal(), []);
  const close = (event) => event.currentTarget.closest("dialog").close();
  const dialog = h(
    "dialog",
    { ref: asking, "aria-label": question, className: looks.dialog, onClose },
    h("p", null, question),
    h(
      "div",
      { className: looks.row },
      h("button", { type: "button", className: looks.yes, onClick: (event) => (close(event), onYes()) }, words.yes),
      h("button", { type: "button", className: looks.no, onClick: close, autoFocus: true }, words.no),
    ),
  );
  return createPortal(dialog, frame);
}
