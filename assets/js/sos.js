/* Raising an SOS, saying where one is, and having seen one. */

import { Fragment, createElement as h, useEffect, useEffectEvent, useRef, useState } from "react";
import { useNavigate } from "react-router";
import { HoldButton } from "./hold.js";
import { useOnline, useWaiting } from "./hooks.js";
import { onAnswer, retry, send, sendAllTheSame, sendFirst, sendNow, takeBack } from "./outbox.js";
import { RAISE, isOld } from "./outbox_order.js";
import { useAddress, useSite } from "./place.js";
import { newId } from "./store.js";
import { useWords } from "./words.js";

const SAY_MORE = "sos.say_more";
const SLOW = 3000;
const AGAIN = 3000;
const LOCATING = { enableHighAccuracy: true, timeout: 20_000, maximumAge: 60_000 };

/* Held for a second it raises an SOS, and goes to its `page` once the server has it. */
export function RaiseButton({ isDrill, page, kinds, words, looks, children }) {
  const site = useSite() || null;
  const address = useAddress();
  const navigate = useNavigate();
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState(false);
  const isGone = useRef(false);
  const entry = useWaiting(RAISE, { is_drill: isDrill }, site).findLast(({ state }) => state !== "sent");

  function go({ alert_id }) {
    if (isGone.current) return;
    isGone.current = true;
    navigate(address(page, { alert: alert_id }));
  }

  const hear = useEffectEvent(({ operation, entry: sent }) => {
    if (operation === RAISE && sent && sent.site === site && sent.command.is_drill === isDrill) go(sent.command);
  });
  useEffect(() => onAnswer((message) => hear(message)), []);

  async function raise() {
    setBusy(true);
    setFailed(false);
    const command = { alert_id: newId(), is_drill: isDrill };
    const result = await sendFirst(RAISE, { site, command, label: words.label }).catch(() => ({}));
    setBusy(false);
    if (result.ok) go(command);
    else if (!result.waiting && !result.seq) setFailed(true); // there is no room on this device, and no connection
  }

  const button = h(HoldButton, { onHeld: raise, busy: busy || (!!entry && isUnderWay(entry)), words, looks }, children);
  if (entry) return h(Waiting, { key: entry.op_id, entry, kinds, words, looks }, button);
  return h(Fragment, null, failed && h("p", { role: "alert", className: looks.waiting }, words.failed), button);
}

/* It goes out as soon as it can; one that was refused, or is old, waits for a word of its person. */
const isUnderWay = (entry) => entry.state !== "refused" && !isOld(entry);

/* An SOS that has not gone out yet: for a moment beside the button, then in its place. One that is not under way stands
 * above the button, which a new emergency needs. */
function Waiting({ entry, kinds, words, looks, children }) {
  const isSlow = useAfter(SLOW);
  const isRefused = entry.state === "refused";
  const isOnline = useOnline();
  const isSignedOut = entry.code === "not_signed_in";
  const isUnsure = entry.left_at && !isRefused && !isSignedOut;
  const isAsked = !isRefused && isOld(entry);
  const isLate = !isUnderWay(entry) || isSlow || !isOnline || isSignedOut;
  const button = (label, onClick) => h("button", { type: "button", className: looks.small, onClick }, label);
  const status = () => {
    if (isAsked) return words.old;
    if (isRefused) return entry.words || words.refused;
    return isSignedOut ? words.signin : words.waiting;
  };
  if (!isLate) return h(Fragment, null, h("p", { role: "status", className: looks.sending }, words.sending), children);
  const warning = h(
    "div",
    { className: looks.waiting },
    h("p", { role: "alert", className: looks.title }, isUnsure ? words.unsure : words.not_sent),
    h("p", null, status()),
    !isRefused && h(Kinds, { alert: entry.command.alert_id, site: entry.site, kinds, words, looks }),
    h(
      "div",
      { className: looks.row },
      isRefused && button(words.again, () => retry(entry.seq).catch(() => {})),
      isAsked && button(words.send, () => sendAllTheSame(entry.seq).catch(() => {})),
      button(words.take_back, () => takeBack(entry, words.all_clear)),
    ),
  );
  return h(Fragment, null, warning, !isUnderWay(entry) && children);
}

/* What happened, kept behind an SOS that has not gone out yet. */
function Kinds({ alert, site, kinds, words, looks }) {
  const said = useWaiting(SAY_MORE, { alert_id: alert }, site).at(-1)?.command.kind;
  const say = (kind) => send(SAY_MORE, { site, command: { alert_id: alert, kind }, label: words.label }).catch(() => {});
  const inWords = useWords();
  const chip = ({ key, words: called }) =>
    h(
      "button",
      { key, type: "button", className: looks.chip, "aria-pressed": said === key, onClick: () => say(key) },
      inWords(called),
    );
  return h("div", { role: "group", "aria-label": words.happened, className: looks.chips }, kinds.map(chip));
}

/* True once so many milliseconds have gone by. */
function useAfter(ms) {
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    const timer = setTimeout(setOver, ms, true);
    return () => clearTimeout(timer);
  }, [ms]);
  return isOver;
}

/* Asks the phone where it is, only when pressed, and adds that to an alert. */
export function WhereButton({ alert, words, looks, children, ...rest }) {
  const site = useSite() || null;
  const [state, setState] = useState("");
  const isBusy = state === "looking";

  async function add() {
    if (isBusy) return;
    setState("looking");
    try {
      const { latitude, longitude, accuracy } = (await position()).coords;
      const command = { alert_id: alert, latitude, longitude, accuracy };
      const { ok, waiting, words: refused } = await send(SAY_MORE, { site, command, label: words.label });
      setState(ok ? "added" : waiting ? "kept" : refused || "failed");
    } catch (error) {
      setState(error.code === 1 ? "denied" : "failed");
    }
  }

  return h(
    Fragment,
    null,
    h("button", { type: "button", ...rest, onClick: add, "aria-busy": isBusy || undefined }, isBusy ? words.looking : children),
    state && !isBusy && h("p", { role: "status", className: looks.status }, words[state] ?? state),
  );
}

const position = () =>
  new Promise((found, failed) =>
    navigator.geolocation ? navigator.geolocation.getCurrentPosition(found, failed, LOCATING) : failed(new Error()),
  );

/* Tells the sender that this person has the alert in front of them: once, when they really look at it. */
export function AlertSeen({ alert, isNew }) {
  const site = useSite();
  useEffect(() => {
    if (!site || !alert || !isNew) return undefined;
    let timer;
    const tell = async () => {
      clearTimeout(timer);
      if (document.visibilityState !== "visible") return;
      const result = await sendNow("sos.mark_alert_seen", { site, command: { alert_id: alert } }).catch(() => ({}));
      if (result.ok) document.removeEventListener("visibilitychange", tell);
      else if (result.offline || result.status === 429 || result.status >= 500) timer = setTimeout(tell, AGAIN);
    };
    document.addEventListener("visibilitychange", tell);
    tell();
    return () => {
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", tell);
    };
  }, [site, alert, isNew]);
  return null;
}
