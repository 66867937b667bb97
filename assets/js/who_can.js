/* Beside the times of a form: who has said that they can then. It needs no connection. */

import { createElement as h, useEffect, useRef, useState } from "react";
import { commandOf } from "./fields.js";

const PAUSE = 150;
const MOST = 7;

export function WhoCan({ free, clock, words, looks, ...rest }) {
  const place = useRef(null);
  const [found, setFound] = useState([]);

  useEffect(() => {
    const form = place.current.closest("form");
    let timer;
    const learn = () => import("./free.js"); // loaded beside the page, so that it is there when the connection goes
    const look = async () => {
      const { timesIn, whoCan } = await learn();
      const { zone, ...command } = place.current ? commandOf(form) : {};
      const times = timesIn(command).slice(0, MOST);
      setFound(times.map((time) => ({ ...time, ...whoCan(free, time, zone || clock) })).filter(({ isKnown }) => isKnown));
    };
    const soon = () => {
      clearTimeout(timer);
      timer = setTimeout(() => look().catch(console.error), PAUSE);
    };
    const events = ["input", "change", "click", "reset"];
    events.forEach((name) => form.addEventListener(name, soon));
    learn().then(soon, () => {});
    return () => {
      clearTimeout(timer);
      events.forEach((name) => form.removeEventListener(name, soon));
    };
  }, [free, clock]);

  const line = (one, n) =>
    h(
      "li",
      { key: n },
      found.length > 1 && h("span", { className: looks.day }, `${dayWords(one.on)}: `),
      one.names.length ? fill(one.starts ? words.then : words.some, one.names) : words.nobody,
    );
  const list = h("ul", { className: looks.list }, found.map(line));
  return h("div", { ...rest, ref: place, role: "status" }, found.length > 0 && h("div", { className: looks.box }, list));
}

const fill = (said, names) => said.replace("{names}", names.join(", "));

const dayWords = (on) =>
  new Intl.DateTimeFormat(document.documentElement.lang || "en", {
    weekday: "short",
    day: "numeric",
    month: "short",
    timeZone: "UTC",
  }).format(new Date(`${on}T00:00:00Z`));
