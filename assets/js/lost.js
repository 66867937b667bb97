/* Sites that were left, or that someone was removed from: nothing of them stays on this device. */

import { SEEN, viewOf } from "./seen.js";
import { readAll } from "./store.js";
import { account } from "./who.js";
import { wipe } from "./worker.js";

const REFUSALS = { 401: "not_signed_in", 404: "not_found" };

/* After leaving: also what is kept under a former address. */
export async function left(site) {
  await wipe(site);
  eraseLost();
}

/* Looks at each site that something is kept of: whoever was removed while this device was off hears of it here. The site
 * of this page is told of by its own stream. */
export async function eraseLost() {
  const here = new URL(location.href).searchParams.get("site");
  const kept = await sitesKept().catch(() => []);
  for (const site of kept) if (site !== here) await eraseIfLost(site);
}

/* The server says so to whoever is signed in; who is not may be a member still. */
const eraseIfLost = async (site) => (await standing(site)) === "not_found" && wipe(site);

/* How whoever is here stands with a site: "not_found", "not_signed_in", "" for a place there, and null without an answer. */
export async function standing(site) {
  const about = viewOf(`/more?${new URLSearchParams({ site })}`);
  const answer = await fetch(about, { cache: "no-store", redirect: "error" }).catch(() => null);
  if (!answer || answer.status >= 502) return null;
  const isOurs = answer.headers.get("Content-Type")?.includes("json");
  return (isOurs && REFUSALS[answer.status]) || "";
}

async function sitesKept() {
  const who = await account();
  const written = [...(await readAll("outbox")), ...(await readAll("drafts"))].filter((kept) => kept.who === who);
  const seen = await (await caches.open(SEEN)).keys();
  const sites = [...seen.map(({ url }) => new URL(url).searchParams.get("site")), ...written.map(({ site }) => site)];
  return new Set(sites.filter(Boolean));
}
