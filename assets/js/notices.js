/* Notifications on their page: the switch of this device, the answer to a test, and news of what has arrived. */

import { createElement as h, useEffect, useEffectEvent, useState } from "react";
import { onAnswer, send, sendNow } from "./outbox.js";
import { useParam } from "./place.js";
import { check, deviceState, keptDevice, switchOff, switchOn } from "./push.js";

const TOGETHER = 150;
const NEWS = "notices";

/* `isKnown`: the server has a device of this sign-in, so that the first drawing is as a rule the right one.
   `children` lead an iPhone to its home screen. */
export function NoticeSwitch({ vapidKey, isKnown, words, looks, children, ...rest }) {
  const [state, setState] = useState(isKnown ? "on" : "off");
  const [isBusy, setBusy] = useState(false);
  const [note, setNote] = useState("");

  const look = useEffectEvent(async () => {
    const now = await deviceState().catch(() => "unable");
    if (now === "on" && !isKnown) await check().catch(() => {}); // the server has lost it
    setState(now);
  });
  useEffect(() => {
    look();
    return onReturn(() => look());
  }, [isKnown]);

  async function act(work) {
    setBusy(true);
    setNote("");
    setNote((await work()) ?? "");
    setBusy(false);
    setState(await deviceState().catch(() => "unable"));
    tell();
  }

  async function turnOn() {
    const { ok, blocked, words: why } = await switchOn(vapidKey);
    if (blocked) return "";
    return ok ? sendTest() : why || words.failed;
  }

  async function sendTest() {
    const { id } = (await keptDevice()) ?? {};
    const { ok, words: why } = await sendNow("notify.test_device", { command: { device_id: id } });
    return ok ? words.tested : why || words.failed;
  }

  const turnOff = async () => void (await switchOff());
  const button = (label, look, onClick) =>
    h("button", { key: label, type: "button", className: look, onClick, "aria-busy": isBusy || undefined }, label);
  const buttons = {
    on: [button(words.test, looks.second, () => act(sendTest)), button(words.turn_off, looks.quiet, () => act(turnOff))],
    off: [button(isBusy ? words.asking : words.turn_on, looks.first, () => isBusy || act(turnOn))],
  };
  return h(
    "div",
    { ...rest, "data-state": state },
    h("p", { className: looks.title }, words[`${state}_title`]),
    h("p", { className: looks.text }, words[state]),
    state === "install" && children,
    buttons[state] && h("div", { className: looks.row }, buttons[state]),
    h("p", { role: "status", className: looks.note }, note),
  );
}

function tell() {
  const news = new BroadcastChannel(NEWS);
  news.postMessage(null);
  news.close();
}

/* Whoever comes back may have changed the browser's settings, or tapped a test that no worker saw. */
function onReturn(listener) {
  const seen = () => document.visibilityState === "visible" && listener();
  document.addEventListener("visibilitychange", seen);
  return () => document.removeEventListener("visibilitychange", seen);
}

/* Looks again after anything about devices was done or has arrived, on whichever page or in the worker. */
export function FollowNotices({ onChange }) {
  const changed = useEffectEvent(() => onChange?.());
  useEffect(() => {
    let telling;
    const look = () => (telling ??= setTimeout(() => ((telling = undefined), changed()), TOGETHER));
    const isOurs = ({ operation, outcome }) => outcome.ok && operation.startsWith("notify.");
    const news = new BroadcastChannel(NEWS);
    news.onmessage = look;
    const stops = [onReturn(look), onAnswer((answer) => isOurs(answer) && look())];
    return () => {
      clearTimeout(telling);
      news.close();
      stops.forEach((stop) => stop());
    };
  }, []);
  return null;
}

/* The page that a test opens: to come here is the answer. */
export function ConfirmArrival({ words, looks }) {
  const [delivery, proof] = [useParam("confirm"), useParam("proof")];
  const [said, setSaid] = useState("");
  useEffect(() => {
    if (!delivery) return;
    send("notify.confirm_device", { command: { delivery, proof } }).then(
      ({ ok, refused }) => setSaid(ok ? words.works : refused ? words.expired : words.waiting),
      () => setSaid(words.expired),
    );
  }, [delivery, proof]);
  return said && h("p", { role: "status", className: looks.note }, said);
}
