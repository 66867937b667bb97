/* Bars that say how things stand: no connection, a new version. And leaving, which erases. */

import { Fragment, createElement as h, useRef, useState, useSyncExternalStore } from "react";
import { Link } from "react-router";
import { Confirm } from "./buttons.js";
import { isDirty } from "./drafts.js";
import { useOnline, useOutboxCount, useUnsentCount, useWaiting } from "./hooks.js";
import { RAISE, STAND_DOWN } from "./outbox_order.js";
import { useHere } from "./place.js";
import { readAll } from "./store.js";
import { ask } from "./uploads.js";
import { useSeenAt } from "./view.js";
import { newVersion, onNewVersion, setLeaving, useNewVersion as takeNewVersion, wipe } from "./worker.js";
import { account } from "./who.js";
import { useWhen } from "./words.js";

export const counted = (count, { one, many }) => (count === 1 ? one : many).replace("{n}", count);

export function OfflineBar({ words, ...rest }) {
  const isOnline = useOnline();
  const count = useOutboxCount();
  const seenAt = useSeenAt();
  const when = useWhen();
  if (isOnline) return null;
  const isToday = seenAt && new Date(seenAt).toDateString() === new Date().toDateString();
  const time = seenAt && `${isToday ? "" : `${when(seenAt, "day")}, `}${when(seenAt, "time")}`;
  const parts = [words.none, time && words.seen.replace("{time}", time), count > 0 && counted(count, words)];
  return h("div", { role: "status", ...rest }, parts.filter(Boolean).join(" "));
}

/* An SOS of this device that is not known to have arrived, or to be taken back: on every page but the one that it is raised
 * on, where it is said at length. */
export function UnsentSosBar({ page, words, ...rest }) {
  const here = useHere();
  const raised = useWaiting(RAISE).findLast(({ state }) => state !== "sent");
  const ended = useWaiting(STAND_DOWN).findLast(({ state, unsure_until }) => unsure_until && state !== "sent");
  const entry = raised ?? ended;
  const to = entry && `${page}?${new URLSearchParams({ site: entry.site })}`;
  if (!entry || (raised && here === to)) return null;
  return h(Link, { to, role: "alert", ...rest }, raised ? words[standing(raised)] : words.taking_back);
}

const standing = ({ state, left_at, command }) =>
  command.is_drill ? "drill" : state === "refused" ? "refused" : left_at ? "unsure" : "waiting";

/* What is worth saying only while there is no connection. */
export function WhileOffline({ children, ...rest }) {
  return useOnline() ? null : h("p", { role: "status", ...rest }, children);
}

/* In place of a page that this device has not kept and cannot fetch now. What was written just before waits all the same. */
export function NotSeen({ words, ...rest }) {
  const isOnline = useOnline();
  const count = useOutboxCount();
  if (isOnline) return null;
  return h("p", { role: "status", ...rest }, count > 0 ? `${words.none} ${counted(count, words)}` : words.none);
}

export function UpdateBar({ words, looks, ...rest }) {
  const worker = useSyncExternalStore(onNewVersion, newVersion, () => null);
  const [isAsking, setAsking] = useState(false);
  if (!worker) return null;
  const take = () => (isDirty() && !isAsking ? setAsking(true) : takeNewVersion());
  return h(
    "div",
    { role: "status", ...rest },
    h("span", null, isAsking ? words.ask : words.ready),
    h("button", { type: "button", className: looks.button, onClick: take }, words.use),
  );
}

export function SignOutButton({ words, looks, children, ...rest }) {
  const unsent = useUnsentCount();
  const [lost, setLost] = useState(0);
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState("");
  const [isAsking, setAsking] = useState(false);

  async function leave() {
    setBusy(true);
    setLeaving(true);
    try {
      await ask("/auth/sign-out", { method: "POST", headers: { Accept: "application/json" } });
    } catch (error) {
      if (error.status !== 401) {
        setBusy(false);
        setLeaving(false);
        return void setProblem(words.failed);
      }
    }
    await wipe();
    location.replace("/");
  }

  /* What waits, and what is half written or was shared and has no place yet. */
  async function onClick() {
    const here = await account().catch(() => "");
    const drafts = (await readAll("drafts").catch(() => [])).filter(({ who }) => (who || here) === here);
    setLost(unsent + drafts.length);
    unsent + drafts.length ? setAsking(true) : leave();
  }

  const question = counted(lost, { one: words.ask_one, many: words.ask_many });
  return h(
    Fragment,
    null,
    h("button", { type: "button", ...rest, onClick, "aria-busy": isBusy || undefined }, children),
    isAsking && h(Confirm, { question, words, looks, onYes: leave, onClose: () => setAsking(false) }),
    problem && h("span", { role: "alert", className: looks.refused }, problem),
  );
}
