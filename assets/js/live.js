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
const SILENCE = 40_000; // the server says something every 15 seconds
const PATIENCE = 8000;

export function Live({ site, onChange }) {
  const changed = useEffectEvent(() => onChange?.());
  useEffect(() => (site ? follow(site, () => changed()) : undefined), [site]);
  useEffect(() => (site ? visiting(site) : undefined), [site]);
  return null;
}

/* Calls `changed` after others' changes, after what this device sent, and after a time without connection; again, where
 * nothing newer comes of it. */
function follow(site, changed) {
  let source, retrying, telling, comparing, listening, counter;
  let pause = LEAST_PAUSE;

  function tell() {
    telling ??= setTimeout(() => {
      telling = undefined;
      changed();
      clearTimeout(comparing);
      comparing = setTimeout(lookIfBehind, PATIENCE);
    }, TOGETHER);
  }

  function open() {
    if (source || document.visibilityState !== "visible") return;
    source = new EventSource(`/api/sites/${encodeURIComponent(site)}/changes`);
    listen();
    source.addEventListener("changed", ({ data }) => (listen(), heard(JSON.parse(data).counter)));
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

  /* A line may be dead without anybody having said so. */
  function listen() {
    clearTimeout(listening);
    listening = setTimeout(() => (close(), open()), SILENCE);
  }

  function heard(now) {
    const isRefused = isAnswered() && readAsOf() === undefined;
    if (isRefused && counter !== undefined && now !== counter) tell();
    counter = now;
    lookIfBehind();
  }

  /* Between the reading of a page and its arrival here, something may have changed. */
  const lookIfBehind = () => readAsOf() < counter && tell();

  function close() {
    clearTimeout(retrying);
    clearTimeout(listening);
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
    clearTimeout(comparing);
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
