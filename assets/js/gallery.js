/* All photos and videos by month. The page brings the newest; older ones are fetched as one scrolls towards them, or by a
 * button for whoever does not scroll. Only what is near the screen is laid out and loaded (content-visibility, loading=lazy).
 */

import { createElement as h, memo, useEffect, useEffectEvent, useRef, useState } from "react";
import { useOnline } from "./hooks.js";
import { useSite } from "./place.js";

const AHEAD = "1600px";
const PATIENCE = 30_000;
const NOTHING = { months: [], older: "", pages: 0 };

export function Gallery({ months, older, total, isWhole, words, looks }) {
  const site = useSite();
  const isOnline = useOnline();
  const mark = `${older} ${total}`; // another where what follows may be another
  const [loaded, setLoaded] = useState({ ...NOTHING, older, mark });
  const [state, setState] = useState("");
  const all = together(months, loaded.months);
  const next = loaded.pages ? loaded.older : older;

  async function load(from, pages) {
    if (state === "loading") return;
    setState("loading");
    try {
      setLoaded({ ...(await fetched(site, from, pages, loaded.mark === mark ? loaded : NOTHING)), mark });
      setState("");
    } catch {
      setState("failed");
    }
  }

  const isOverdue = loaded.pages > 0 && loaded.mark !== mark; // also where it changed while something was fetched
  const more = () => (isOverdue ? load(older, loaded.pages + 1) : load(next, 1));
  const renew = useEffectEvent(() => load(older, loaded.pages));
  useEffect(() => void (isOverdue && !state && renew()), [isOverdue, state]);
  useEffect(() => void (isOnline && setState((now) => (now === "failed" ? "" : now))), [isOnline]);
  const end = useNearEnd(next && !state, more);
  const n = all.reduce((sum, month) => sum + month.items.length, 0);

  return h(
    "div",
    null,
    h("div", { "data-photos": isWhole ? total : "" }, all.map((month) => h(Month, { key: month.key, month, words, looks }))),
    h("p", { role: "status", className: "sr-only" }, loaded.pages ? fill(words.shown, { n }) : ""),
    state === "failed" && h("p", { className: looks.problem }, words.failed),
    next &&
      h(
        "button",
        { ref: end, type: "button", className: looks.more, onClick: more, "data-more": "", "aria-busy": state === "loading" },
        state === "loading" ? words.loading : words.more,
      ),
  );
}

/* Some pages after another, put behind what was loaded before. */
async function fetched(site, from, pages, before) {
  let { months, older } = { ...before, older: from };
  for (let n = 0; n < pages && older; n++) {
    const asked = new URLSearchParams({ site, before: older });
    const answer = await fetch(`/api/photos?${asked}`, { signal: AbortSignal.timeout(PATIENCE) });
    if (!answer.ok) throw new Error(answer.status);
    const page = await answer.json();
    months = together(months, page.months);
    older = page.older;
  }
  return { months, older, pages: before.pages + pages };
}

/* Months one after the other; one that is in both is one, and nothing stands there twice. */
function together(first, second) {
  const here = new Set(first.flatMap(({ items }) => items.map(({ id }) => id)));
  const months = new Map(first.map((month) => [month.key, month]));
  for (const month of second) {
    const before = months.get(month.key)?.items ?? [];
    const items = [...before, ...month.items.filter(({ id }) => !here.has(id))];
    const isAsItWas = items.length === month.items.length;
    if (items.length) months.set(month.key, isAsItWas ? month : { ...month, items });
  }
  return [...months.values()];
}

function useNearEnd(isWanted, reached) {
  const end = useRef(null);
  const tell = useEffectEvent(() => reached());
  useEffect(() => {
    if (!isWanted || !end.current) return undefined;
    const isNear = (changes) => changes.at(-1).isIntersecting; // on a busy phone several come at once, the latest last
    const observer = new IntersectionObserver((changes) => isNear(changes) && tell(), { rootMargin: AHEAD });
    observer.observe(end.current);
    return () => observer.disconnect();
  }, [isWanted]);
  return end;
}

/* Drawn once, however many come after it. */
const Month = memo(function Month({ month, words, looks }) {
  return h(
    "section",
    { className: looks.month },
    h("h2", { className: looks.title }, month.name),
    h("ul", { className: looks.tiles }, month.items.map((item) => h(Tile, { key: item.id, item, words, looks }))),
  );
});

const Tile = memo(function Tile({ item, words, looks }) {
  const { id, alt, who, at, to, is_video, length, is_mine } = item;
  const told = { "data-photo": id, "data-who": who, "data-at": at, "data-to": to };
  if (is_video) told["data-video"] = "yes";
  if (is_mine) told["data-own"] = "yes";
  return h(
    "li",
    null,
    h(
      "a",
      { href: `/media/${id}/2048`, className: looks.tile, ...told },
      h("img", { src: `/media/${id}/320`, alt, loading: "lazy", decoding: "async", className: looks.image }),
      is_video &&
        h(
          "span",
          { className: looks.length },
          h("span", { className: "sr-only" }, fill(words.video, { length })),
          h("span", { "aria-hidden": "true" }, `▶ ${length}`),
        ),
    ),
  );
});

const fill = (words, values) => Object.entries(values).reduce((said, [name, value]) => said.replace(`{${name}}`, value), words);
