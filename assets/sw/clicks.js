/* A tap on a notice: its body opens the right page, its buttons are answers that need no page. */

import { flush, onAnswer, sendFirst } from "../js/outbox.js";
import { newId } from "../js/store.js";
import { said } from "./said.js";

const SOFTLY = 700;
const PATIENCE = 3000;
const PAUSES = [2000, 5000, 10_000, 20_000];
const paramOf = (path, name) => new URL(path ?? "/", self.location.origin).searchParams.get(name);
const answerOf = (answer) => (data) => ["sos.answer_alert", { alert_id: data.alert, answer, minutes: null }];
const along = (comes) => ({ path }) => [
  "schedule.answer_appointment",
  { appointment_id: paramOf(path, "appointment"), at: paramOf(path, "at") ?? "", comes },
];

const swapped = (accepts) => ({ path }) => ["helping.answer_swap", { swap_id: paramOf(path, "swap"), accepts }];

/* What each button does: an operation and its command, and the words once the server has it. */
const ACTIONS = {
  on_my_way: { does: answerOf("on_my_way"), done: "Everyone who was told can see that you are on your way." },
  can_call: { does: answerOf("can_call"), done: "Everyone who was told can see that you can call." },
  cannot: { does: answerOf("cannot"), done: "Everyone who was told can see that you cannot come." },
  can_do: {
    does: ({ path }) => ["helping.take_slot", { slot_id: paramOf(path, "slot") }],
    done: "It is yours now. Thank you for helping.",
  },
  take_over: { does: swapped(true), done: "You take it over now. Thank you." },
  cannot_take_over: { does: swapped(false), done: "They hear that you cannot." },
  comes: { does: along(true), done: "Thank you. The others can see that you come." },
  cannot_come: { does: along(false), done: "The others can see that you cannot come." },
  works: {
    does: ({ delivery, proof }) => ["notify.confirm_device", { delivery, proof }],
    done: "Thank you. Careapp now knows that notifications reach you here.",
  },
};
const ANSWERS = new Set([
  "sos.answer_alert",
  "helping.take_slot",
  "helping.answer_swap",
  "schedule.answer_appointment",
  "notify.confirm_device",
]);
const KEPT = "Not sent yet: there is no connection. It is sent by itself as soon as there is one.";
const SIGN_IN = "Not sent yet: please sign in. Tap to open it.";
const REFUSED = "That was not accepted. Tap to open it.";

export async function clicked({ notification, action }) {
  notification.close();
  const { data = {} } = notification;
  if (ACTIONS[action]) return answer(notification, ACTIONS[action]);
  if (action === "join" && data.ways?.join) return self.clients.openWindow(data.ways.join);
  return open((action && data.ways?.[action]) || data.navigate || "/");
}

/* --- answers --- */

async function answer(notice, { does, done }) {
  const { data } = notice;
  const op_id = newId();
  const [operation, command] = does(data);
  const sent = sendFirst(operation, { site: data.site || null, command, op_id });
  if (!(await Promise.race([sent, silence()]))) await sayKept(notice, op_id, done);
  const outcome = await sent;
  if (outcome.code === "not_signed_in") return askToSignIn(notice, outcome.op_id, done);
  if (outcome.waiting) return follow(notice, outcome.op_id, done);
  return confirm(notice, outcome.ok ? await said(notice.lang, done) : outcome.words || (await said(notice.lang, REFUSED)));
}

/* A line may look connected and be dead: whoever tapped must not stand before nothing for as long as that takes to show. */
const silence = () => new Promise((resolve) => setTimeout(resolve, PATIENCE, null));
const sayKept = async (notice, op_id, done) =>
  confirm(notice, await said(notice.lang, KEPT), { ...notice.data, pending: { op_id, done } });

/* Kept on the device until its person has signed in again, which leads on to where the notice would have. */
async function askToSignIn(notice, op_id, done) {
  const { navigate } = notice.data;
  const asking = { ...notice.data, navigate: `/sign-in?${new URLSearchParams({ next: navigate })}` };
  return confirm(notice, await said(notice.lang, SIGN_IN), { ...asking, pending: { op_id, done, navigate } });
}

/* Kept on the device: says so, and says it anew when it has gone out, as long as this worker may live. */
async function follow(notice, op_id, done) {
  await sayKept(notice, op_id, done);
  await self.registration.sync?.register("outbox").catch(() => {}); // refused where no page is open
  for (const pause of PAUSES) {
    await new Promise((resolve) => setTimeout(resolve, pause));
    await flush().catch(() => {});
    if (!(await pendingNotice(op_id))) return;
  }
}

/* Whoever in the browser got the answer, the notice that still says "not sent" is put right. */
onAnswer(async ({ op_id, operation, outcome }) => {
  if (!ANSWERS.has(operation)) return; // Chromium may forget a notice that is asked for while it is being shown
  const notice = await pendingNotice(op_id);
  if (!notice) return;
  const { done, navigate = notice.data.navigate } = notice.data.pending;
  const words = outcome.ok ? await said(notice.lang, done) : outcome.words || (await said(notice.lang, REFUSED));
  confirm(notice, words, { ...notice.data, navigate, pending: undefined });
});

const pendingNotice = async (op_id) =>
  (await self.registration.getNotifications()).find(({ data }) => data?.pending?.op_id === op_id);

function confirm({ title, tag, lang, dir, icon, ...notice }, body, data = notice.data) {
  const options = { body, tag, lang, dir, icon, badge: "/icons/badge-96.png", silent: true, data };
  return self.registration.showNotification(title, options);
}

/* --- the right page --- */

/* A window that shows the page already, else any of the app's, which walks there; else a new one. */
async function open(address) {
  const windows = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const there = windows.find(({ url }) => url === new URL(address, self.location.origin).href);
  const found = there ?? windows.find(({ focused }) => focused) ?? windows.find(isVisible) ?? windows[0];
  if (!found) return self.clients.openWindow(address);
  const focused = await found.focus().catch(() => found);
  if (there) return focused;
  return (await walked(focused, address)) || (await loaded(focused, address)) || self.clients.openWindow(address);
}

const isVisible = ({ visibilityState }) => visibilityState === "visible";

/* The page's own router keeps what is being written; it says when it has heard. */
function walked(client, address) {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port1.onmessage = () => resolve(client);
    setTimeout(resolve, SOFTLY, null);
    client.postMessage({ open: address }, [port2]);
  });
}

const loaded = (client, address) => client.navigate(address).catch(() => null);
