/* Pages that must open without a connection although they were never opened on this device. */

import { useEffect } from "react";
import { useSite } from "./place.js";
import { write } from "./store.js";
import { whoIsHere } from "./who.js";
import { keepOther } from "./worker.js";

const STALE = 30 * 60_000;
const DELAY = 4000;
const kept = new Map(); // address → when it was kept last

/* Keeps another page of this site, once the one that is looked at has settled, and again now and then. Opened for no site in
 * particular, as from the home screen, it is that of the site that was looked at last. */
export function KeepPage({ path }) {
  const site = useSite();
  useEffect(() => {
    if (!site) return undefined;
    const isVisible = () => document.visibilityState === "visible";
    const address = path.includes("?") ? path : `${path}?${new URLSearchParams({ site })}`;
    const keep = () => {
      if (!isVisible() || Date.now() - (kept.get(address) ?? -Infinity) < STALE) return;
      kept.set(address, Date.now());
      keepOther(address);
    };
    const note = () => isVisible() && write("marks", { who: whoIsHere(), site }, `last ${path}`).catch(() => {});
    const come = () => (note(), keep());
    const timer = setTimeout(keep, DELAY);
    note();
    document.addEventListener("visibilitychange", come);
    return () => {
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", come);
    };
  }, [site, path]);
  return null;
}
