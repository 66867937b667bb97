/* The number on the app's icon, which the page and the worker set. Where there is none to set, nothing happens.
 *
 * Under the mark "badge" is kept what it says, so that the page knows whether there is something to take away. */

import { erase, read, write } from "./store.js";

export const keptBadge = () => read("marks", "badge").catch(() => 0);

export async function showBadge(count) {
  if (count) await write("marks", count, "badge").catch(() => {});
  else await erase("marks", "badge").catch(() => {});
  await paint(count);
}

/* Takes the number away for now; the mark stays until the server has counted anew. */
export const hideBadge = () => paint(0);

/* Some browsers say no where the app is not installed. */
async function paint(count) {
  await (count ? navigator.setAppBadge?.(count) : navigator.clearAppBadge?.())?.catch(() => {});
}
