/* How the address of a page names the view that is kept of it. */

const STRAY = /^(source|photo|shared|utm_.*|fbclid)$/; // photo=1: what is opened on the page, not another page

/* "/journal?site=rose&source=home" → "/api/view/journal?site=rose": the same place has one name. */
export function viewOf(address) {
  const url = new URL(address, location.origin);
  const page = url.pathname.replace(/^\/+|\/+$/g, "");
  const params = [...url.searchParams].filter(([name, value]) => value && !STRAY.test(name)).sort();
  const query = new URLSearchParams(params).toString();
  return `/api/view/${page}${query ? `?${query}` : ""}`;
}

export const VIEW = "view_rx_state_"; // Reflex's spelling of the variable that holds a page's view
const PATIENCE = 3000;
export const SEEN = "seen";
export const MEDIA = "media";

/* The kept view of an address, if it belongs to this build; of any build without one. */
export async function keptView(address, build = "") {
  const cache = typeof caches === "undefined" ? null : await caches.open(SEEN);
  const kept = await (await cache?.match(viewOf(address)))?.json().catch(() => null);
  return kept && (!build || kept.build === build) ? kept : null;
}

/* Erases what was seen: everything, or one site's views. Photos do not say whose they are, so all of them go, also those
 * that the browser keeps by itself. */
export async function forgetSeen(site = null) {
  await Promise.all([clearBrowser(), forgetKept(site)]);
}

/* Has the browser throw away what it keeps of us by itself. */
export const clearBrowser = () =>
  fetch("/api/forget", { method: "POST", signal: AbortSignal.timeout(PATIENCE) }).catch(() => {});

async function forgetKept(site) {
  if (typeof caches === "undefined") return;
  await caches.delete(MEDIA);
  if (site === null) return void (await caches.delete(SEEN));
  const cache = await caches.open(SEEN);
  for (const request of await cache.keys()) {
    const of = new URL(request.url).searchParams.get("site");
    if (of === site || !of) await cache.delete(request);
  }
}
