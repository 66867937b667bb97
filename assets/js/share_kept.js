/* What other apps handed to this one, kept on the device until a composer takes it: under "shared/…" among the drafts, so
 * that its files stay as long as it does.
 *
 * { id, who, at, text, files, left: what was left out, by name, print: what it is known by } */

import { SEEN } from "./seen.js";
import { dropFiles, erase, read, within, write } from "./store.js";
import { account } from "./who.js";

const KEY = "shared/";
const TAKEN = "shared taken";
const TWICE_WITHIN = 2 * 60_000;

const all = (store) => store.getAll(IDBKeyRange.bound(KEY, `${KEY}\uffff`));

export const keepShare = (share) => write("drafts", { site: null, ...share }, KEY + share.id);

/* What waits for whoever is signed in, the oldest first; also what was handed over while nobody was. */
export async function waitingShares() {
  const who = await account();
  const kept = await within("drafts", "readonly", all);
  return kept.filter((share) => !share.who || share.who === who).sort((a, b) => (a.id < b.id ? -1 : 1));
}

/* The one with this print that still waits, or was taken just now: a second tap shares the same again. */
export async function sameShare(print) {
  const kept = await within("drafts", "readonly", all);
  const taken = await read("marks", TAKEN);
  const isFresh = taken?.print === print && Date.now() - taken.at < TWICE_WITHIN;
  return kept.find((share) => share.print === print) ?? (isFresh ? taken : undefined);
}

/* A composer has it now; its files go on with the composer's draft. */
export async function shareTaken({ id, print }) {
  await write("marks", { id, print, at: Date.now() }, TAKEN);
  await erase("drafts", KEY + id);
}

export async function discardShare({ id, files }) {
  await erase("drafts", KEY + id);
  await dropFiles(files.map(({ media_id }) => media_id));
}

/* The sites of whoever is signed in, as a page said last that this device keeps: [{site, name}]; none where none did. */
export async function sitesHere() {
  const cache = await caches.open(SEEN);
  for (const request of (await cache.keys()).reverse()) {
    const { state = {} } = (await (await cache.match(request))?.json().catch(() => null)) ?? {};
    const sites = Object.values(state).flatMap((each) => each.view_rx_state_?.frame?.sites ?? []);
    if (sites.length) return sites.map(({ name, href }) => ({ name, site: new URL(href, location.origin).searchParams.get("site") }));
  }
  return [];
}

/* Where a composer takes it, or where to choose the site. */
export const composerFor = (site, id) => `/write?${new URLSearchParams({ site, shared: id })}`;
export const chooserFor = (id) => `/received?${new URLSearchParams({ shared: id })}`;
