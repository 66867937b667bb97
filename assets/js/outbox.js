/* The only writer: what a person does is kept on the device first, then sent, in order, once.
 *
 * An entry is on the disk before anything of it leaves the device, and stays there until the server has answered. It
 * is sent again with the same op_id until then, and the server gives the same op_id one effect. Order is the order
 * of writing (`seq`), never a clock's. Pages and the service worker run this same code; a lock lets one of them send.
 * Only an SOS, and what belongs to it, goes before everything else; and what does not speak of a video that is on its
 * way goes before that.
 */

import { isConnected, onConnection } from "./connection.js";
import { hearProgress, letTakeBack, linger, refresh } from "./outbox_list.js";
import { ageOf, startWatch } from "./outbox_age.js";
import { RAISE, STAND_DOWN, inOrder, isHeavy, isUrgent, lane } from "./outbox_order.js";
import { Failed, PAUSED, ask, upload } from "./uploads.js";
import { dropFiles, madeAt, newId, read, readAll, sweepFiles, within } from "./store.js";
import { account } from "./who.js";

const LOCK = "outbox";
const DAY = 24 * 3600 * 1000;
const LATER = new Set([401, 408, 421, 423, 425, 429]);
const ABOUT_THE_FILE = new Set([413, 422]);
const AWAY = 502; // and above: whatever stands before the server says that it is not there
const MOST_FAILURES = 8;
const MOST_SECONDS = 60;
const MOST_SECONDS_FOR_SOS = 3;
const UNDER_WAY = 60 * 1000; // a request that arrives at all has arrived by then

const usable = typeof indexedDB !== "undefined";
const channel = usable && typeof BroadcastChannel === "function" ? new BroadcastChannel(LOCK) : null;
const answered = new Set();
const waiters = new Map();
const failures = new Map(); // seq → how often the server could not take it
const rest = new Map(); // lane → the moment, by the page's own stopwatch, before which it asked not to be bothered
let current; // { seq, abort } of what this context sends
let pending;
let timer;

/* --- what pages call --- */

/* Keeps a command and starts sending. Resolves with {ok, answer}, {refused, words, fields, code}, {waiting, code} or
 * {discarded}. */
export async function send(operation, wanted = {}) {
  const entry = await keep(operation, wanted).catch(() => null);
  return entry ? outcomeOf(entry) : sendNow(operation, wanted); // without a disk, at least while there is a connection
}

/* For an SOS itself: goes out at once beside the queue too, whoever holds that up. Its op_id gives both one effect. */
export async function sendFirst(operation, wanted = {}) {
  const entry = await keep(operation, wanted).catch(() => null);
  if (!entry) return sendNow(operation, wanted);
  const outcome = outcomeOf(entry);
  hurry(entry).catch(() => {}); // a refusal is for the queue to tell
  return outcome;
}

async function hurry(entry) {
  if (await isStillMeant(entry).catch(() => true)) await finish(entry, await post(entry));
}

/* What becomes of an entry that is kept: waits for this round of sending, however long that is. */
export async function outcomeOf(entry) {
  const outcome = new Promise((resolve) => waiters.set(entry.op_id, resolve));
  const drained = flush();
  if (!isConnected()) settle(entry.op_id, { waiting: true });
  drained.catch(() => {}).then(() => settleLate(entry));
  return { op_id: entry.op_id, seq: entry.seq, ...(await outcome) };
}

/* Sends at once or not at all, for what makes no sense later: signing in, inviting. Files go first, and `onProgress`
 * hears how far they are in percent. */
export async function sendNow(operation, { site = null, command = {}, files = [], op_id = newId() } = {}, onProgress) {
  try {
    await sendFiles({ site, files, op_id }, { onProgress });
    const answer = await post({ operation, site, command, op_id });
    dropFiles(files.map((file) => file.media_id)).catch(() => {});
    return { ok: true, answer };
  } catch (error) {
    if (!(error instanceof Failed)) throw error;
    return error.status ? refusal(error) : { offline: true };
  }
}

/* Writes the entry, and in the same moment removes the draft it was made of; after this it survives everything.
 * `shown` is for people: its `label`, and of a form what was `written` on which `page`. */
export async function keep(operation, { site = null, command = {}, files = [], op_id = newId(), draft, ...shown }) {
  const who = await account();
  const entry = { op_id, operation, site, command, files, label: "", ...shown, who, at: new Date().toISOString(), state: "waiting" };
  startWatch(entry);
  entry.seq = await within(["outbox", "drafts"], "readwrite", (outbox, drafts) => {
    if (draft) drafts.delete(draft);
    return outbox.add(entry);
  });
  tell({ type: isUrgent(entry) ? "urgent" : "changed", isLight: !isHeavy(entry) });
  navigator.storage?.persist?.().catch(() => {});
  await wakeWorker(); // so that it goes out even if the page is closed at once
  return entry;
}

export async function retry(seq) {
  await change(seq, (entry) => Object.assign(entry, { state: "waiting", words: "", fields: {}, code: "" }));
  failures.delete(seq);
  rest.clear();
  return flush();
}

/* Of an old SOS that its person still means. */
export const sendAllTheSame = (seq) => change(seq, (entry) => (entry.is_meant = true)).then(flush);

export async function discard(seq) {
  const entry = await take(seq);
  if (entry) await dropFiles(entry.files.map((file) => file.media_id));
}

/* Removes an entry and leaves its files to whoever goes on with them, as a form does that edits it. */
export async function take(seq) {
  const entry = await read("outbox", seq);
  await within("outbox", "readwrite", (s) => s.delete(seq));
  tell({ type: "discarded", seq, op_id: entry?.op_id });
  return entry;
}

/* Takes an SOS back, with all that was added to it. What may have arrived is ended in its place; where it turns out that it
 * never did, nothing more is needed. */
export async function takeBack({ seq, op_id, site, command: { alert_id } }, label) {
  const [who, at] = [await account(), new Date().toISOString()];
  const end = { op_id: newId(), operation: STAND_DOWN, site, command: { alert_id }, files: [], label, who, at, state: "waiting" };
  await within("outbox", "readwrite", (outbox) => {
    outbox.get(seq).onsuccess = ({ target: { result: raise } }) => {
      eraseWhere(outbox, (kept) => kept.command.alert_id === alert_id && kept.op_id !== end.op_id);
      if (raise?.left_at && raise.state === "waiting") outbox.add({ ...end, unsure_until: raise.left_at + UNDER_WAY });
    };
  });
  tell({ type: "discarded", seq, op_id });
  await wakeWorker();
  flush().catch(() => {});
}

/* Everything of a site, or of all, that whoever is signed in keeps here: entries, their files, drafts. */
export async function forget(site = null) {
  const who = await account();
  const isTheirs = (kept) => (kept.who || who) === who && (site === null || kept.site === site);
  await within(["outbox", "drafts", "marks"], "readwrite", (outbox, drafts, marks) => {
    for (const store of [outbox, drafts, marks]) eraseWhere(store, isTheirs);
    if (site === null) marks.clear();
  });
  await sweepFiles(() => true);
  abort(current?.seq);
  tell({ type: "changed" });
}

/* `listener({operation, site, op_id, outcome})` after every answer, whoever in the browser got it. */
export function onAnswer(listener) {
  answered.add(listener);
  return () => answered.delete(listener);
}

/* Starts sending whenever there is a reason to hope. */
export function start() {
  onConnection(() => isConnected() && flush());
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && flush());
  flush();
  alone("outbox-sweep", () => sweepFiles((id) => Date.now() - madeAt(id) > DAY)).catch(() => {});
}

/* Sends what can be sent. Rejects when something has to be tried again, as Background Sync wants it. */
export function flush() {
  clearTimeout(timer);
  if (pending) return pending;
  const round = alone(LOCK, () => {
    pending = undefined; // what is written from now on needs another round
    return drain();
  });
  round.catch(() => pending === round && (pending = undefined));
  return (pending = round);
}

/* --- sending --- */

async function drain() {
  const held = new Set();
  const isNext = (entry) => !held.has(lane(entry)) && !isResting(entry);
  tell({ type: "round" });
  for (let entry; (entry = (await sendable()).find(isNext)); ) {
    const error = await attempt(entry);
    if (error?.status === 401) throw error;
    if (error) held.add(lane(entry));
    if (error && !error.status) break;
  }
  const [first] = await sendable();
  if (first) {
    wakeLater(isUrgent(first));
    throw new Failed();
  }
}

/* What waits for whoever is signed in. */
async function sendable() {
  const who = await account();
  return inOrder((await readAll("outbox")).filter((entry) => entry.state === "waiting" && entry.who === who));
}

const isResting = (entry) => (rest.get(lane(entry)) ?? 0) > performance.now();

/* Returns nothing when the entry has its answer, else the error that keeps it waiting. */
async function attempt(entry) {
  current = { seq: entry.seq, isUrgent: isUrgent(entry), isHeavy: isHeavy(entry), abort: new AbortController() };
  move(entry.seq, { percent: null });
  try {
    await sendFiles(entry, {
      signal: current.abort.signal,
      onProgress: (percent) => move(entry.seq, { percent }),
      onSent: (files) => change(entry.seq, (kept) => Object.assign(kept, { files })),
    });
    if (!(await isStillMeant(entry))) return undefined;
    await finish(entry, await post(entry));
  } catch (error) {
    if (current?.abort.signal.aborted) return undefined;
    if (!(error instanceof Failed)) throw error;
    if (isAboutFiles(entry, error)) return sendAnew(entry).then(() => error);
    if (!isFinal(entry, error)) return hold(entry, error);
    await (isNeedless(entry, error) ? take(entry.seq) : refuse(entry, error));
  } finally {
    current = undefined;
    move(entry.seq, null);
  }
  return undefined;
}

/* Nothing for what was taken back. Of an SOS that leaves the device is kept when it did: from then on it may have arrived. */
const isStillMeant = (entry) =>
  entry.operation === RAISE && navigator.onLine
    ? change(entry.seq, (kept) => (kept.left_at = Date.now()))
    : read("outbox", entry.seq);

async function sendFiles({ site, files, op_id }, { signal, onProgress, onSent }) {
  const total = files.reduce((sum, file) => sum + file.size, 0);
  let before = 0;
  for (const file of files) {
    const say = (there) => onProgress?.(Math.floor((100 * (before + there)) / total));
    if (!file.done) await upload(file, { site, op_id, signal, onProgress: say }).catch((error) => { throw naming(file, error); });
    file.done = true;
    before += file.size;
    await onSent?.(files);
  }
}

/* Of several files, the words alone do not say which one they are about. */
function naming({ name }, error) {
  const words = error.problem?.words;
  if (words && ABOUT_THE_FILE.has(error.status)) error.problem.words = `${name}: ${words}`;
  return error;
}

async function post(entry) {
  const { operation, site, command, op_id } = entry;
  const headers = { "Content-Type": "application/json", Accept: "application/json" };
  const body = JSON.stringify({ op_id, site, command, age: secondsOld(entry) });
  const answer = await ask(`/api/do/${operation}`, { method: "POST", headers, body });
  try {
    return (await answer.json()).answer ?? null;
  } catch {
    throw new Failed(); // a captive portal's page, or an answer cut short
  }
}

const secondsOld = (entry) => Math.max(0, Math.round(ageOf(entry) / 1000)) || 0;

/* A refusal is the server's own word, which has a code: what a proxy says may be otherwise in a moment. It may be wrong for
 * long, so that in the end whoever wrote it is told; but never does an SOS end so. */
function isFinal(entry, { status, problem }) {
  if (!status || status >= AWAY || LATER.has(status)) return false;
  if (status === 404 && entry.unsure_until > Date.now()) return false;
  if (status < 500 && problem.code) return true;
  if (isUrgent(entry)) return false;
  failures.set(entry.seq, (failures.get(entry.seq) ?? 0) + 1);
  return failures.get(entry.seq) >= MOST_FAILURES;
}

/* What counts as sent may not be there: a restored server, an answer that was none of ours. Its bytes lie here still. */
const isAboutFiles = ({ files, is_anew }, { status }) => status === 404 && !is_anew && files.some(({ done }) => done);

const sendAnew = (entry) =>
  change(entry.seq, (kept) => {
    kept.files.forEach((file) => delete file.done);
    kept.is_anew = true;
  });

/* An SOS that was taken back and never arrived. */
const isNeedless = ({ unsure_until }, { status }) => !!unsure_until && status === 404;

/* Of what is gone nobody is told any more: it was sent twice at once, and answered already, or was taken back. But who took
 * an SOS back while it was under way has raised it, and must be led to its all-clear. */
async function finish(entry, answer) {
  if (entry.operation !== RAISE && !(await read("outbox", entry.seq))) return;
  await within("outbox", "readwrite", (s) => s.delete(entry.seq));
  await dropFiles(entry.files.map((file) => file.media_id));
  failures.delete(entry.seq);
  tellOutcome(entry, { ok: true, answer });
}

async function refuse(entry, error) {
  const told = refusal(error);
  await change(entry.seq, (kept) => Object.assign(kept, { ...told, state: "refused" }));
  tellOutcome(entry, told);
}

function refusal({ status, problem }) {
  return { refused: true, status, code: problem.code ?? "", words: problem.words ?? "", fields: problem.fields ?? {} };
}

async function hold(entry, error) {
  const seconds = isUrgent(entry) ? Math.min(error.retryAfter, MOST_SECONDS_FOR_SOS) : error.retryAfter;
  if (seconds) rest.set(lane(entry), performance.now() + seconds * 1000);
  if (error.status === 401) await change(entry.seq, (kept) => Object.assign(kept, { code: "not_signed_in" }));
  tell({ type: "changed" });
  return error;
}

/* Only pages have the time to wait; the worker is woken again by Background Sync. */
let tries = 0;
function wakeLater(isForSos) {
  const most = isForSos ? MOST_SECONDS_FOR_SOS : MOST_SECONDS;
  const pause = Math.min(2 ** tries++, most) * (500 + Math.random() * 500);
  const untilRest = Math.max(0, ...[...rest.values()].map((at) => at - performance.now()).filter((left) => left > 0));
  if (typeof document !== "undefined") timer = setTimeout(flush, isForSos ? pause : Math.max(pause, untilRest));
}

async function wakeWorker() {
  if (typeof document === "undefined" || !navigator.serviceWorker?.controller) return;
  const { sync } = await navigator.serviceWorker.ready;
  await sync?.register(LOCK).catch(() => {});
}

/* --- keeping --- */

/* Changes a kept entry within one transaction; resolves with nothing where it is gone. */
async function change(seq, edit) {
  const found = await within("outbox", "readwrite", (store) => {
    const asked = store.get(seq);
    asked.onsuccess = ({ target: { result } }) => result && (edit(result), store.put(result));
    return asked;
  });
  tell({ type: "changed" });
  return found;
}

function eraseWhere(store, isWanted) {
  store.openCursor().onsuccess = ({ target: { result: cursor } }) => {
    if (!cursor) return;
    if (isWanted(cursor.value)) cursor.delete();
    cursor.continue();
  };
}

/* One at a time in the whole browser; where there are no locks, at least in this page. */
let chain = Promise.resolve();
function alone(name, work) {
  if (!usable) return Promise.resolve();
  if (navigator.locks) return navigator.locks.request(name, work);
  chain = chain.then(work, work);
  return chain;
}

/* --- telling --- */

function tell(message) {
  channel?.postMessage(message);
  hear(message);
}

function tellOutcome(entry, outcome) {
  tries = 0;
  const { seq, op_id, operation, site } = entry;
  tell({ type: "answered", seq, op_id, operation, site, outcome, entry: outcome.ok ? entry : null });
}

function move(seq, progress) {
  tell({ type: "moving", seq, progress });
}

if (channel) channel.onmessage = ({ data }) => hear(data);

function hear(message) {
  hearProgress(message);
  if (message.type === "discarded") abort(message.seq), settle(message.op_id, { discarded: true });
  if (message.type === "urgent" && current && !current.isUrgent) current.abort.abort(PAUSED);
  if (message.isLight && current?.isHeavy) current.abort.abort(PAUSED);
  if (message.type === "answered") hearAnswer(message);
  refresh();
}

function hearAnswer(message) {
  if (message.entry) linger({ ...message.entry, state: "sent" });
  settle(message.op_id, message.outcome);
  answered.forEach((listener) => listener(message));
}

function settle(op_id, outcome) {
  if (!waiters.has(op_id)) return;
  waiters.get(op_id)(outcome);
  waiters.delete(op_id);
  if (outcome.refused) letTakeBack(op_id);
}

/* The round is over: an entry that is still here waits, one that is gone was answered and the news is on its way. */
async function settleLate(entry) {
  if (!waiters.has(entry.op_id)) return;
  const kept = await read("outbox", entry.seq).catch(() => entry);
  if (kept) settle(entry.op_id, { waiting: true, code: kept.code ?? "" });
  else setTimeout(() => settle(entry.op_id, { ok: true, answer: null }), 500);
}

function abort(seq) {
  if (seq !== undefined && current?.seq === seq) current.abort.abort();
}
