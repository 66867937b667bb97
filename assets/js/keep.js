/* Pages that must open without a connection although they were never opened on this device. */

import { useEffect } from "react";
import { useSite } from "./place.js";
import { keepOther } from "./worker.js";

const STALE = 30 * 60_000;
const DELAY = 4000;
const kept = new Map(); // address → when it was kept last

/* Keeps another page of this site, once the one that is looked at has settled, and again now and then. */
export function KeepPage({ path }) {
  const site = useSite();
  useEffect(() => {
    if (!site) return undefined;
    const address = path.includes("?") ? path : `${path}?${new URLSearchParams({ site })}`;
    const keep = () => {
      if (document.visibilityState !== "visible" || Date.now() - (kept.get(address) ?? -Infinity) < STALE) return;
      kept.set(address, Date.now());
      keepOther(address);
    };
    const timer = setTimeout(keep, DELAY);
    document.addEventListener("visibilitychange", keep);
    return () => {
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", keep);
    };
  }, [site, path]);
  return null;
}
