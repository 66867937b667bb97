/* Others' changes, while the page is looked at. */

import { useEffect, useEffectEvent } from "react";
import { isConnected, missed, onConnection, reached } from "./connection.js";
import { standing } from "./lost.js";
import { onAnswer } from "./outbox.js";
import { isQuiet } from "./quiet.js";
import { isAnswered, onSeen, readAsOf } from "./view.js";
import { visiting } from "./visit.js";
import { isLeaving, wipe, wipeViews } from "./worker.js";

const TOGETHER = 120;
const LEAST_PAUSE = 1000;
const MOST_PAUSE = 30_000;

export function Live({ site, onChange }) {
  const changed = useEffectEvent(() => onChange?.());
  useEffect(() => (site ? follow(site, () => changed()) : undefined), [site]);
  useEffect(() => (site ? visiting(site) : undefined), [site]);
  return null;
}

/* Calls `changed` after others' changes, after what this device sent, and after a time without connection. */
function follow(site, changed) {
  let source, retrying, telling, counter;
  let pause = LEAST_PAUSE;

  function tell() {
    telling ??= setTimeout(() => {
      telling = undefined;
      changed();
    }, TOGETHER);
  }

  function open() {
    if (source || document.visibilityState !== "visible") return;
    source = new EventSource(`/api/sites/${encodeURIComponent(site)}/changes`);
    source.addEventListener("changed", ({ data }) => heard(JSON.parse(data).counter));
    source.addEventListener("gone", ({ data }) => gone(site, JSON.parse(data).code));
    source.onopen = () => (reached(), (pause = LEAST_PAUSE));
    source.onerror = () => (source.readyState === EventSource.CLOSED ? refused() : missed(), again());
  }

  /* The stream has an answer, and it is no stream. Why, only asking says: who belongs here no more goes. */
  async function refused() {
    const code = await standing(site);
    if (code === null) return missed();
    reached();
    if (!code) return;
    close();
    await gone(site, code);
  }

  function heard(now) {
    const isRefused = isAnswered() && readAsOf() === undefined;
    if (isRefused && counter !== undefined) tell();
    counter = now;
    lookIfBehind();
  }

  /* Between the reading of a page and its arrival here, something may have changed. */
  const lookIfBehind = () => readAsOf() < counter && tell();

  function close() {
    clearTimeout(retrying);
    source?.close();
    source = undefined;
  }

  function again() {
    close();
    retrying = setTimeout(open, pause * (0.75 + Math.random() / 2));
    pause = Math.min(pause * 2, MOST_PAUSE);
  }

  const onVisibility = () => (document.visibilityState === "visible" ? open() : close());
  const stopWatching = onConnection(() => isConnected() && (close(), open()));
  const stopHearing = onAnswer((answer) => answer.site === site && answer.outcome.ok && !isQuiet(answer) && tell());
  const stopComparing = onSeen(lookIfBehind);
  document.addEventListener("visibilitychange", onVisibility);
  open();
  return () => {
    close();
    clearTimeout(telling);
    stopHearing();
    stopComparing();
    document.removeEventListener("visibilitychange", onVisibility);
    stopWatching();
  };
}

/* No longer a member: nothing of the site stays on this device. Where only the session has ended, what was written does. */
async function gone(site, code) {
  if (isLeaving()) return;
  const isSignedOut = code === "not_signed_in";
  await (isSignedOut ? wipeViews() : wipe(site));
  location.replace(isSignedOut ? `/sign-in?${new URLSearchParams({ next: location.pathname + location.search })}` : "/sites");
}
