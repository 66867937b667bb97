/* The device's own database: what waits to be sent, its files, drafts, and small marks.
 *
 * A file lies in pieces under [media id, number], as bytes and not as a Blob: Safari may lose Blobs that it keeps.
 */

const STORES = { outbox: { keyPath: "seq", autoIncrement: true }, files: {}, drafts: {}, marks: {} };
export const PIECE = 256 * 1024;
const AT_ONCE = 16 * PIECE; // in one transaction, each of which waits for the disk

let opened;

function open() {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open("careapp", 1);
    request.onupgradeneeded = () => {
      for (const [name, options] of Object.entries(STORES)) request.result.createObjectStore(name, options);
    };
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      const db = request.result;
      db.onclose = () => (opened = undefined);
      db.onversionchange = () => (db.close(), (opened = undefined));
      nameDrafts(db).then(() => resolve(db));
    };
  }).catch((error) => {
    opened = undefined;
    throw error;
  });
  return opened;
}

/* Drafts that were kept before they said whose they are belong to whoever was here last. */
function nameDrafts(db) {
  const t = db.transaction(["drafts", "marks"], "readwrite");
  const [drafts, marks] = [t.objectStore("drafts"), t.objectStore("marks")];
  marks.get("who").onsuccess = ({ target: { result: who = "" } }) => {
    drafts.openCursor().onsuccess = ({ target: { result: cursor } }) => {
      if (!cursor) return;
      if (!/^(@|shared\/)/.test(cursor.key)) drafts.put({ ...cursor.value, who }, `@${who}/${cursor.key}`), cursor.delete();
      cursor.continue();
    };
  };
  return new Promise((done) => (t.oncomplete = t.onabort = done));
}

async function transaction(names, mode) {
  const options = { durability: mode === "readwrite" ? "strict" : "default" };
  try {
    return (await open()).transaction(names, mode, options);
  } catch (error) {
    if (error?.name !== "InvalidStateError") throw error;
    opened = undefined; // iOS closes databases of apps it had put to sleep
    return (await open()).transaction(names, mode, options);
  }
}

/* Runs `work(store, …)` in one transaction; resolves, when that is on the disk, with what the request it returned got. */
export async function within(names, mode, work) {
  const t = await transaction(names, mode);
  return new Promise((resolve, reject) => {
    t.onabort = () => reject(t.error ?? new Error("aborted"));
    const made = work(...[].concat(names).map((name) => t.objectStore(name)));
    t.oncomplete = () => resolve(made instanceof IDBRequest ? made.result : made);
  });
}

export const read = (store, key) => within(store, "readonly", (s) => s.get(key));
export const readAll = (store) => within(store, "readonly", (s) => s.getAll());
export const write = (store, value, key) => within(store, "readwrite", (s) => s.put(value, key));
export const erase = (store, key) => within(store, "readwrite", (s) => s.delete(key));

const pieces = (id) => IDBKeyRange.bound([id, 0], [id, Infinity]);

/* Keeps a file's bytes piece by piece, so that a large one never lies in memory as a whole. `onProgress` gets percent. */
export async function keepFile(id, blob, { signal, onProgress } = {}) {
  for (let at = 0; at < blob.size && !signal?.aborted; at += AT_ONCE) {
    const bytes = await blob.slice(at, at + AT_ONCE).arrayBuffer();
    await within("files", "readwrite", (s) => {
      for (let from = 0; from < bytes.byteLength; from += PIECE)
        s.put(bytes.slice(from, from + PIECE), [id, (at + from) / PIECE]);
    });
    onProgress?.(Math.floor((100 * Math.min(at + AT_ONCE, blob.size)) / blob.size));
  }
  if (signal?.aborted) await dropFiles([id]);
}

/* The bytes from `start` up to, not including, `end`. */
export async function readFile(id, start, end) {
  const first = Math.floor(start / PIECE);
  const range = IDBKeyRange.bound([id, first], [id, Math.ceil(end / PIECE) - 1]);
  const found = await within("files", "readonly", (s) => s.getAll(range));
  return new Blob(found).slice(start - first * PIECE, end - first * PIECE);
}

export const dropFiles = (ids) => within("files", "readwrite", (s) => ids.forEach((id) => s.delete(pieces(id))));

/* Erases files that nothing refers to any more; `isOld(id)` spares those that are just being picked. */
export async function sweepFiles(isOld) {
  const needed = new Set();
  for (const holder of [...(await readAll("outbox")), ...(await readAll("drafts"))])
    for (const file of holder.files ?? []) needed.add(file.media_id);
  const keys = await within("files", "readonly", (s) => s.getAllKeys());
  const lost = new Set(keys.map(([id]) => id).filter((id) => !needed.has(id) && isOld(id)));
  if (lost.size) await dropFiles([...lost]);
}

/* A UUIDv7: made here, so that a thing has its name before the server has heard of it. */
export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  for (let i = 5, t = Date.now(); i >= 0; i--, t = Math.floor(t / 256)) bytes[i] = t % 256;
  bytes[6] = (bytes[6] & 0x0f) | 0x70;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (b) => b.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

export const madeAt = (id) => parseInt(id.replace("-", "").slice(0, 12), 16);
