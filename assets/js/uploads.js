/* Sends a kept file by tus 1.0, from a page or the service worker, and goes on where a cut one stopped. */

import { missed, reached } from "./connection.js";
import { PIECE, readFile } from "./store.js";

const LEAST = PIECE;
const MOST = 32 * 1024 * 1024;
/* Why an upload is broken off that goes on later. */
export const PAUSED = "paused";
const TUS = { "Tus-Resumable": "1.0.0" };

/* A refusal by the server, with its words; or, without a status, no connection. */
export class Failed extends Error {
  constructor(status = 0, problem = {}, retryAfter = 0) {
    super(problem.words ?? "");
    Object.assign(this, { status, problem, retryAfter });
  }
}

/* fetch that throws Failed for every answer that is not 2xx, for captive portals, and after `patience` seconds. */
export async function ask(url, options, { signal, patience = 30 } = {}) {
  const limit = AbortSignal.timeout(patience * 1000);
  let answer;
  try {
    answer = await fetch(url, {
      credentials: "same-origin",
      redirect: "error",
      ...options,
      signal: signal ? either(signal, limit) : limit,
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    missed();
    throw new Failed();
  }
  reached(answer);
  if (answer.ok) return answer;
  throw new Failed(answer.status, await problem(answer), Number(answer.headers.get("Retry-After")) || 0);
}

async function problem(answer) {
  try {
    return (answer.headers.get("Content-Type") ?? "").includes("json") ? await answer.json() : {};
  } catch {
    return {};
  }
}

function either(first, second) {
  if (AbortSignal.any) return AbortSignal.any([first, second]);
  const both = new AbortController();
  for (const signal of [first, second]) {
    if (signal.aborted) both.abort();
    signal.addEventListener("abort", () => both.abort(), { once: true });
  }
  return both.signal;
}

/* Safe to repeat: the server knows the file by its media id. `onProgress` gets the number of bytes that are there. */
export async function upload(file, { site, op_id, signal, onProgress }) {
  const place = await create(file, { site, op_id, signal });
  try {
    await send(file, place, signal, onProgress);
  } catch (error) {
    if (signal?.aborted && signal.reason !== PAUSED) fetch(place, { method: "DELETE", headers: TUS, credentials: "same-origin" }).catch(() => {});
    throw error;
  }
}

async function create(file, { site, op_id, signal }) {
  const metadata = { filename: file.name, filetype: file.type, media: file.media_id, site: site ?? "", op: op_id };
  const headers = {
    ...TUS,
    "Upload-Length": String(file.size),
    "Upload-Metadata": Object.entries(metadata)
      .map(([name, value]) => `${name} ${base64(value)}`)
      .join(","),
  };
  const answer = await ask("/api/uploads", { method: "POST", headers }, { signal });
  const place = answer.headers.get("Location");
  if (!place) throw new Failed(); // no answer of ours
  return new URL(place, location.origin).pathname;
}

function base64(text) {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}

async function send(file, place, signal, onProgress) {
  let offset = await offsetAt(place, signal);
  let size = LEAST;
  let stuck = 0;
  onProgress?.(offset);
  while (offset < file.size) {
    const began = performance.now();
    const end = Math.min(offset + size, file.size);
    const bytes = await readFile(file.media_id, offset, end);
    if (bytes.size !== end - offset) throw new Failed(410, { code: "file_lost" });
    const there = await patch(place, offset, bytes, signal);
    stuck = there > offset ? 0 : stuck + 1;
    if (stuck === 3) throw new Failed();
    offset = there;
    onProgress?.(offset);
    size = fitting(size, performance.now() - began);
  }
}

/* Grows while the connection is quick, so that few round trips are spent; shrinks so that a cut costs little. */
function fitting(size, took) {
  if (took < 1500) return Math.min(size * 2, MOST);
  return took > 8000 ? Math.max(size / 2, LEAST) : size;
}

async function offsetAt(place, signal) {
  try {
    return offsetOf(await ask(place, { method: "HEAD", headers: TUS, cache: "no-store" }, { signal }));
  } catch (error) {
    throw [404, 410].includes(error.status) ? new Failed() : error; // expired since: it is created anew next time
  }
}

async function patch(place, offset, body, signal) {
  const headers = { ...TUS, "Upload-Offset": String(offset), "Content-Type": "application/offset+octet-stream" };
  try {
    return offsetOf(await ask(place, { method: "PATCH", headers, body }, { signal, patience: 180 }));
  } catch (error) {
    if (error.status !== 409) throw error;
    return offsetAt(place, signal); // part of an earlier piece arrived although its answer did not
  }
}

function offsetOf(answer) {
  const offset = Number(answer.headers.get("Upload-Offset") ?? NaN);
  if (!Number.isInteger(offset)) throw new Failed();
  return offset;
}
