/* This device's own subscription: switching it on and off, and looking at each start whether it still holds.
 *
 * Under the mark "device" is kept what was switched on here, by whom, and under which id the server knows it.
 */

import { obstacleHere } from "./able.js";
import { send, sendNow } from "./outbox.js";
import { viewOf } from "./seen.js";
import { erase, read, write } from "./store.js";
import { deviceOf, sameKey } from "./subscription.js";
import { whoIsHere } from "./who.js";

const MARK = "device";
const SLOW = 20_000;

const registration = () => navigator.serviceWorker.ready;
export const keptDevice = () => read("marks", MARK).catch(() => undefined);

/* "on", "off", or why it cannot be: "blocked", "install" (an iPhone outside its home screen), "insecure", "unable". */
export async function deviceState() {
  const obstacle = obstacleHere();
  if (obstacle) return obstacle;
  const [kept, { pushManager }] = await Promise.all([keptDevice(), inTime(registration())]);
  const isOn = kept?.id && kept.who === whoIsHere() && Notification.permission === "granted";
  return isOn && (await pushManager.getSubscription()) ? "on" : "off";
}

const inTime = (promise) =>
  Promise.race([promise, new Promise((_, fail) => setTimeout(fail, SLOW, new Error("the worker does not start")))]);

/* Asks the person by the browser's own question, so it must be called by a tap. Resolves with the outcome of
   registering, {blocked} when they said no, or {failed}. */
export async function switchOn(key, name = deviceName()) {
  if ((await Notification.requestPermission()) !== "granted") return { blocked: true };
  try {
    const subscription = await subscribed(key);
    await write("marks", { who: whoIsHere(), key, name, endpoint: subscription.endpoint, id: "" }, MARK);
    return await register(subscription, key, name);
  } catch {
    return { failed: true };
  }
}

export async function switchOff() {
  const [kept, { pushManager }] = await Promise.all([keptDevice(), registration()]);
  const result = kept?.id ? await send("notify.remove_device", { command: { device_id: kept.id } }) : { ok: true };
  await (await pushManager.getSubscription())?.unsubscribe();
  await erase("marks", MARK);
  return result;
}

/* At each start: what this device has is compared with what the server holds, and mended where they differ. */
export async function check() {
  const kept = await keptDevice();
  if (!kept || !whoIsHere()) return; // a lost cookie says nothing of who it is
  const { pushManager } = await registration();
  const held = await pushManager.getSubscription();
  if (kept.who !== whoIsHere()) return forgetOther(held);
  if (Notification.permission !== "granted") return;
  const there = await heldByServer();
  if (there) await compare(kept, held, there);
}

/* The key to subscribe with, and the ids of this person's devices; nothing without a connection. */
async function heldByServer() {
  const answer = await fetch(viewOf("/notifications"), { cache: "no-store", redirect: "error" }).catch(() => null);
  const states = answer?.ok ? Object.values((await answer.json()).state ?? {}) : [];
  const view = states.map((state) => state.view_rx_state_).find((found) => found?.vapid_public_key);
  return view && { key: view.vapid_public_key, ids: view.devices.map(({ id }) => id) };
}

async function compare(kept, held, { key, ids }) {
  const subscription = held && sameKey(held, key) ? held : await subscribed(key);
  const isSame = subscription.endpoint === kept.endpoint;
  if (ids.includes(kept.id)) return isSame || replace({ ...kept, key }, subscription);
  const { ok, answer } = await register(subscription, key, kept.name);
  if (ok && answer.is_removed) return forgetOther(subscription);
  if (ok && isSame && kept.id) await renew({ ...kept, key, id: answer.device_id }, subscription); // nothing arrived there any more
}

async function renew(kept, lost) {
  await lost.unsubscribe();
  await replace(kept, await subscribed(kept.key));
}

/* Taken away elsewhere; or someone else was signed in on this browser, and what is theirs is not shown to this one. */
async function forgetOther(held) {
  await held?.unsubscribe();
  await erase("marks", MARK);
}

async function subscribed(key) {
  const { pushManager } = await inTime(registration());
  const held = await pushManager.getSubscription();
  if (held && sameKey(held, key)) return held;
  await held?.unsubscribe();
  return pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
}

async function register(subscription, key, name) {
  const kept = await keptDevice();
  const command = { ...deviceOf(subscription), name, device_id: kept?.id ?? "" };
  return remembered(await sendNow("notify.register_device", { command }), subscription, { key, name });
}

async function replace({ endpoint, key, name, id }, subscription) {
  const command = { ...deviceOf(subscription), name, device_id: id, old_endpoint: endpoint };
  return remembered(await sendNow("notify.replace_device", { command }), subscription, { key, name });
}

async function remembered(result, { endpoint }, { key, name }) {
  const id = result.answer?.device_id;
  if (result.ok && id) await write("marks", { who: whoIsHere(), key, name, endpoint, id }, MARK);
  return result;
}

/* --- how its owner will know it --- */

const SYSTEMS = [
  [/iPhone/, "iPhone"],
  [/iPad/, "iPad"],
  [/Android/, "Android"],
  [/CrOS/, "Chromebook"],
  [/Windows/, "Windows"],
  [/Mac/, "Mac"],
  [/Linux/, "Linux"],
];
const BROWSERS = [
  [/SamsungBrowser/, "Samsung Internet"],
  [/Edg/, "Edge"],
  [/OPR/, "Opera"],
  [/Firefox|FxiOS/, "Firefox"],
  [/Chrome|CriOS/, "Chrome"],
  [/Safari/, "Safari"],
];

/* "Firefox, Android". */
export function deviceName(agent = navigator.userAgent) {
  const named = (list) => list.find(([pattern]) => pattern.test(agent))?.[1];
  return [named(BROWSERS), named(SYSTEMS)].filter(Boolean).join(", ");
}
