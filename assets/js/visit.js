/* Tells the server now and then that its member is here, so that it knows what they have missed when they come back; it
 * answers with what is new elsewhere, which is the number on the app's icon, and with the clock that they live by. */

import { hideBadge, keptBadge, showBadge } from "./badge.js";
import { sendNow } from "./outbox.js";
import { goBy } from "./words.js";

const SETTLED = 8000; // not while the page is being opened: a write makes the server read it anew
const PAUSE = 5 * 60_000;
const told = new Map(); // site → when it was told last

/* Only who is signed in has a place here; a stop function. */
export function visiting(site) {
  let timer;
  const wait = async () => {
    clearTimeout(timer);
    timer = setTimeout(tell, SETTLED);
    if (document.visibilityState !== "visible" || !(await keptBadge())) return;
    told.delete(site); // there is a number on the icon: whoever looks needs it no more, and the server counts anew
    hideBadge();
  };

  function tell() {
    if (document.visibilityState !== "visible" || !/(?:^|; )who=[^;]/.test(document.cookie)) return;
    timer = setTimeout(tell, PAUSE);
    if (Date.now() - (told.get(site) ?? -Infinity) < PAUSE) return;
    told.set(site, Date.now());
    sendNow("sites.mark_seen", { site }).then(({ answer }) => answer && take(answer), () => {});
  }

  function take({ badge, time_zone }) {
    showBadge(badge);
    goBy(time_zone);
  }

  document.addEventListener("visibilitychange", wait);
  wait();
  return () => (clearTimeout(timer), document.removeEventListener("visibilitychange", wait));
}
