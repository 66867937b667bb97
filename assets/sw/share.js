/* What the phone's share menu hands over: kept at once, whoever is signed in and whatever the network does. */

import { fitsHere, isPhoto, isVideo } from "../js/pick.js";
import { chooserFor, composerFor, keepShare, sameShare, sitesHere, waitingShares } from "../js/share_kept.js";
import { dropFiles, keepFile, newId } from "../js/store.js";
import { account } from "../js/who.js";

export const TARGET = "/share-target";

const MOST_FILES = 20;
const MOST_WAITING = 10;
const MOST_TEXT = 100_000; // as an update may have
const SHOWN_OF_REST = 60;
const HEAD = 64 * 1024;

/* Answers the share menu's POST. Forms of other websites have no business here. */
export async function taken(request) {
  if (request.referrer && new URL(request.referrer, location.origin).origin !== location.origin) return toWords("foreign");
  try {
    const form = await request.formData();
    const { id, problem } = await navigator.locks.request("share", () => kept(form)); // of two taps the second finds the first
    return problem ? toWords(problem) : Response.redirect(await wayTo(id), 303);
  } catch (error) {
    return toWords(error?.name === "QuotaExceededError" ? "no_room" : "broken");
  }
}

const toWords = (problem) => Response.redirect(`/received?problem=${problem}`, 303);

async function wayTo(id) {
  const [first, ...others] = await sitesHere().catch(() => []);
  return first && !others.length ? composerFor(first.site, id) : chooserFor(id);
}

async function kept(form) {
  const { text, rest } = cut(textOf(form));
  const { files, left } = sorted(form.getAll("files").filter((file) => file instanceof File));
  if (rest) left.unshift(`… ${cut(rest, SHOWN_OF_REST).text}`);
  if (!text && !files.length) return { problem: left.length ? "kind" : "nothing" };
  const print = await printOf(text, files);
  const same = await sameShare(print);
  if (same) return same;
  if ((await waitingShares()).length >= MOST_WAITING) return { problem: "many" };
  const share = { id: newId(), at: Date.now(), who: await account(), text, left, print };
  share.files = await keptFiles(files);
  await keepShare(share);
  return share;
}

/* Title, text and address, each said once. */
function textOf(form) {
  const said = ["title", "text", "url"].map((name) => String(form.get(name) ?? "").trim());
  const parts = said.filter((part, i) => part && !said.some((other, j) => i !== j && other.includes(part) && (other !== part || j < i)));
  return parts.join("\n");
}

/* Never within a sign that takes two places, as an emoji does. */
function cut(whole, most = MOST_TEXT) {
  const end = whole.codePointAt(most - 1) > 0xffff ? most - 1 : most;
  return { text: whole.slice(0, end), rest: whole.slice(end) };
}

/* How large a file may be, the composer knows. */
function sorted(all) {
  const files = [];
  const left = [];
  for (const file of all) {
    if ((isPhoto(file) || isVideo(file)) && file.size && files.length < MOST_FILES) files.push(file);
    else left.push(file.name.slice(0, 100));
  }
  return { files, left: left.slice(0, MOST_FILES) };
}

async function keptFiles(files) {
  const done = [];
  if (!(await fitsHere(files.reduce((sum, { size }) => sum + size, 0)))) throw new DOMException("no room", "QuotaExceededError");
  try {
    for (const file of files) {
      const { name, type, size } = file;
      done.push({ media_id: newId(), name: name.slice(0, 200), type, size, alt: "", preview: "" });
      await keepFile(done.at(-1).media_id, file);
    }
    return done;
  } catch (error) {
    await dropFiles(done.map(({ media_id }) => media_id)).catch(() => {});
    throw error;
  }
}

/* The same words and the same beginnings of files are the same share. */
async function printOf(text, files) {
  const heads = await Promise.all(files.map((file) => file.slice(0, HEAD).arrayBuffer()));
  const told = JSON.stringify([text, ...files.map(({ name, type, size }) => [name, type, size])]);
  const digest = await crypto.subtle.digest("SHA-256", await new Blob([told, ...heads]).arrayBuffer());
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
