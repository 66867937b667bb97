/* What is pushed to this device: shown at once, said to have arrived, and answered without opening the app. */

import { showBadge } from "../js/badge.js";
import { read, write } from "../js/store.js";
import { deviceOf, sameKey } from "../js/subscription.js";
import { flush, send } from "../js/outbox.js";
import { parse, shownAs } from "./notice.js";

const RECEIPT_PAUSES = [0, 1000, 4000, 15_000];
const news = new BroadcastChannel("notices"); // the page about notifications looks again
const wait = (pause) => new Promise((resolve) => setTimeout(resolve, pause));

/* Nothing may keep it from being shown: browsers take the subscription from whoever stays silent. Where the browser shows
   declarative messages itself, and only asks whether we would change something, we just say that it has arrived. */
export async function received({ data, notification }) {
  if (notification) return acknowledge({ data: notification.data ?? {} });
  const told = await parse(data);
  const shown = show(told);
  await Promise.allSettled([shown.then(() => acknowledge(told)), told.badge !== undefined && showBadge(told.badge), shown.then(flush)]);
}

async function show(told) {
  const { title, options } = shownAs(told);
  try {
    await self.registration.showNotification(title, options);
  } catch {
    const { body, tag, data } = options;
    await self.registration.showNotification(title, { body, tag, data });
  }
}

/* Tells the server that it is on the screen; only that counts as reached. */
async function acknowledge({ data: { delivery, proof } }) {
  if (!delivery) return;
  const body = JSON.stringify({ delivery, proof });
  const options = { method: "POST", body, headers: { "Content-Type": "application/json" }, keepalive: true };
  for (const pause of RECEIPT_PAUSES) {
    await wait(pause);
    const answer = await fetch("/api/received", options).catch(() => null);
    if (answer && answer.status < 500 && answer.status !== 429) return news.postMessage(null);
  }
}

/* The browser has replaced or lost the subscription: the server learns the new one while the app is closed. Where its answer
   does not come, the mark still says the old one, and the next start makes sure. */
export async function renew({ oldSubscription, newSubscription }) {
  const kept = await read("marks", "device");
  const held = newSubscription ?? (await self.registration.pushManager.getSubscription());
  if (!kept?.key) return void (await held?.unsubscribe());
  const isUsable = held && sameKey(held, kept.key);
  const fresh = isUsable ? held : await subscribeAnew(held, kept.key);
  const before = oldSubscription?.endpoint ?? kept.endpoint;
  const command = { ...deviceOf(fresh), name: kept.name, device_id: kept.id, old_endpoint: before };
  const { answer } = await send("notify.replace_device", { command });
  if (answer?.is_removed) await fresh.unsubscribe();
  else if (answer) await write("marks", { ...kept, endpoint: fresh.endpoint, id: answer.device_id }, "device");
}

async function subscribeAnew(held, applicationServerKey) {
  await held?.unsubscribe();
  return self.registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey });
}

/* Of what was pushed nothing stays on the screen of a device that was signed out, or left the site. */
export async function forgetNotices(site) {
  for (const notice of await self.registration.getNotifications())
    if (site === null || notice.data?.site === site) notice.close();
  if (site !== null) return;
  await showBadge(0);
  await (await self.registration.pushManager?.getSubscription())?.unsubscribe();
}
