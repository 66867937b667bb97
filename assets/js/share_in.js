/* What other apps handed to this one, on its way into a composer: taken there, or waiting until its site is chosen. */

import { createElement as h, useEffect, useState } from "react";
import { useNavigate } from "react-router";
import { useForm } from "./forms.js";
import { limitsOf } from "./limits.js";
import { isVideo, said, tooLarge, tooLong, unfit } from "./pick.js";
import { useParam, useSite } from "./place.js";
import { chooserFor, composerFor, discardShare, shareTaken, sitesHere, waitingShares } from "./share_kept.js";
import { dropFiles, readFile } from "./store.js";

const SHOWN_WIDTH = 480;
const AT_ONCE = 16 * 1024 * 1024;

/* In a form with a text and a picker: takes what the address names, and offers what else waits. */
export function SharedIn({ text, photos, most, limits: usual, words, looks }) {
  const { draft } = useForm();
  const wanted = useParam("shared");
  const site = useSite();
  const [waiting, setWaiting] = useState([]);
  const [left, setLeft] = useState([]);
  const look = () => waitingShares().then(setWaiting, () => {});

  async function take(share) {
    await draft.isBack;
    if (!draft.form) return;
    const limits = await limitsOf(site, usual);
    const [files, out] = await sorted(share.files, draft.files, { most, limits, words });
    if (!draft.form || !(await isStillThere(share))) return look();
    draft.add(text, share.text, photos, files);
    if (await draft.save()) {
      await shareTaken(share);
      await dropFiles(out.map(({ media_id }) => media_id));
    }
    setLeft([...share.left, ...out.map(({ name }) => name)]);
    return look();
  }

  useEffect(() => {
    if (!site) return;
    waitingShares().then((shares) => {
      const named = shares.find(({ id }) => id === wanted);
      return named ? take(named) : setWaiting(shares);
    }, () => {});
  }, [site, wanted]);

  const offer = waiting.filter(({ id }) => id !== wanted);
  const notice = (key, ...content) => h("div", { key, className: looks.notice }, ...content);
  return [
    left.length > 0 && notice("left", h("p", { role: "alert" }, said(words.left, { names: left.join(", ") }))),
    ...offer.map((share) =>
      notice(
        share.id,
        h("p", null, words.waits, " ", h("span", { className: looks.what }, whatOf(share, words))),
        h(
          "div",
          { className: looks.row },
          h("button", { type: "button", className: looks.button, onClick: () => take(share) }, words.add),
          h("button", { type: "button", className: looks.quiet, onClick: () => discardShare(share).then(look) }, words.discard),
        ),
      ),
    ),
  ];
}

const isStillThere = async ({ id }) => (await waitingShares()).some((share) => share.id === id);

/* What goes in, as the picker has what is picked, and what cannot be sent. */
async function sorted(files, there, asked) {
  const taken = [];
  const out = [];
  for (const file of files) {
    const before = [...there, ...taken];
    const isOut = unfit(file, before, asked) || tooLarge(file, before, asked);
    const { preview, seconds } = isOut ? {} : await look(file).catch(() => ({}));
    if (isOut || tooLong(file, seconds ?? 0, asked)) out.push(file);
    else taken.push({ ...file, ...(isVideo(file) && { isVideo: true }), ...(preview ? { preview } : { isBlank: true }) });
  }
  return [taken, out];
}

async function look(file) {
  const whole = new Blob(await piecesOf(file), { type: file.type });
  if (isVideo(file)) return (await import("./films.js")).look(whole, SHOWN_WIDTH);
  return { preview: await (await import("./pictures.js")).smaller(whole, SHOWN_WIDTH) };
}

/* Each is a Blob that the browser may lay aside before the next is read. */
async function piecesOf({ media_id, size }) {
  const pieces = [];
  for (let at = 0; at < size; at += AT_ONCE) pieces.push(await readFile(media_id, at, Math.min(at + AT_ONCE, size)));
  return pieces;
}

const whatOf = ({ text, files }, words) =>
  [files.length ? said(files.length === 1 ? words.file : words.files, { n: files.length }) : "", text.slice(0, 80)].filter(Boolean).join(" · ");

/* The page where the share menu leads when it is not clear where to: which site, or to sign in first, or why not. */
export function SharedWaits({ words, looks }) {
  const walk = useNavigate();
  const wanted = useParam("shared");
  const problem = useParam("problem");
  const [found, setFound] = useState(null); // { share, sites, must }
  useEffect(() => {
    let isHere = true;
    where(wanted).then((there) => {
      if (!isHere) return;
      const [only, ...others] = there.sites;
      if (there.share && only && !others.length && !there.share.left.length) walk(composerFor(only.site, there.share.id), { replace: true });
      else setFound(there);
    });
    return () => (isHere = false);
  }, [wanted]);

  if (!found) return h("p", { className: looks.muted }, words.looking); // as the page was built, so that React can take over
  if (problem && !wanted) return h("p", { role: "alert", className: looks.notice }, words[problem] ?? words.broken);
  const { share, sites, must } = found;
  if (!share) return h("p", { className: looks.notice }, words.gone);
  return h(
    "div",
    null,
    h("p", { className: looks.notice }, h("strong", { className: looks.line }, whatOf(share, words)), words.kept),
    share.left.length > 0 && h("p", { className: looks.notice }, said(words.left, { names: share.left.join(", ") })),
    must && h("p", { className: looks.muted }, words[must]),
    must === "sign_in" &&
      h("a", { href: `/sign-in?${new URLSearchParams({ next: chooserFor(share.id) })}`, className: looks.primary }, words.to_sign_in),
    sites.length > 0 && h("h2", { className: looks.title }, words.which),
    h(
      "ul",
      { className: looks.list },
      sites.map(({ site, name }) =>
        h("li", { key: site }, h("button", { type: "button", className: looks.site, onClick: () => walk(composerFor(site, share.id)) }, name)),
      ),
    ),
    h(
      "button",
      { type: "button", className: looks.quiet, onClick: () => discardShare(share).then(() => setFound({ share: null, sites: [] })) },
      words.discard,
    ),
  );
}

async function where(wanted) {
  const shares = await waitingShares().catch(() => []);
  const share = wanted ? shares.find(({ id }) => id === wanted) : shares.at(-1);
  const kept = await sitesHere().catch(() => []);
  const told = await sitesThere();
  return { share, sites: told.sites ?? kept, must: told.must && (told.must === "sign_in" || !kept.length) ? told.must : "" };
}

/* The sites as the server knows them; without an answer, what has to be done first. */
async function sitesThere() {
  const answer = await fetch("/api/view/sites", { cache: "no-store", redirect: "error" }).catch(() => null);
  if (answer?.status === 401) return { must: "sign_in", sites: [] };
  const states = answer?.ok ? Object.values((await answer.json()).state ?? {}) : [];
  const view = states.map((state) => state.view_rx_state_).find((each) => each?.sites);
  return view ? { sites: view.sites.map(({ site, name }) => ({ site, name })) } : { must: "offline" };
}
