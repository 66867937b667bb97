/* What depends on the time where the device is. */

import { createElement as h, Fragment, useEffect, useState } from "react";

const LONGEST = 6 * 3600_000; // timers beyond some weeks go off at once

/* Its children from one moment until another, also on a page that stays open. */
export function Between({ begins, ends, children }) {
  const [now, setNow] = useState(() => Date.now());
  const [from, until] = [Date.parse(begins), Date.parse(ends)];
  useEffect(() => {
    const next = [from, until].find((moment) => moment > now);
    if (!next) return undefined;
    const timer = setTimeout(() => setNow(Date.now()), Math.min(LONGEST, next - now + 50));
    return () => clearTimeout(timer);
  }, [from, until, now]);
  return from <= now && now < until ? h(Fragment, null, children) : null;
}

export function OwnZone({ name, given }) {
  return h("input", {
    type: "hidden",
    name,
    value: given || Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC",
    readOnly: true,
  });
}

/* Today, where this device is, as a date field writes it. */
export function localDay() {
  const at = new Date();
  return new Date(at - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}
