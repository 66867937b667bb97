/* The files of the build: kept whole before a new version may take over. */

/* global BUILD, FILES, SHELLS */

const PREFIX = "shell-";
const SHELL = PREFIX + BUILD;
const AT_ONCE = 6;
const known = new Set(FILES);

export const shellFor = (route) => (route in SHELLS ? caches.match(SHELLS[route], { cacheName: SHELL }) : undefined);

export const fileOf = async (address) => (await caches.match(address, { cacheName: SHELL })) ?? fetch(address);

/* Fetches what is not there yet; a download that was cut goes on where it stopped. */
export async function install() {
  const cache = await caches.open(SHELL);
  const left = [...FILES, ...Object.values(SHELLS)];
  const work = async () => {
    for (let url; (url = left.shift()); ) await fetchInto(cache, url);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

async function fetchInto(cache, url) {
  if (await cache.match(url)) return;
  const isHashed = url.startsWith("/assets/");
  const before = isHashed && (await caches.match(url));
  if (before) return void (await cache.put(url, before));
  const answer = await fetch(url, { cache: isHashed ? "default" : "no-cache" });
  if (!answer.ok || answer.redirected) throw new Error(`${url} ${answer.status}`);
  await cache.put(url, answer);
}

/* Pages of the version before may still be open and ask for parts of it; older ones are dropped. */
export async function activate() {
  const shells = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== SHELL);
  await Promise.all(shells.slice(0, -1).map((name) => caches.delete(name)));
}

/* The answer for a file of this build or, by its hash, of the one before. */
export function keptFile(request, { pathname }) {
  if (!known.has(pathname) && !pathname.startsWith("/assets/")) return undefined;
  const cacheName = known.has(pathname) ? SHELL : undefined;
  return caches.match(request, { cacheName, ignoreSearch: true, ignoreVary: true }).then((hit) => hit ?? fetch(request));
}
