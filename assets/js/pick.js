/* Whether a file that somebody picked can be sent, before anything of it is: in words, or "" when it can. */

/* By type, or by name where an app says nothing; the server looks at the bytes themselves. */
const PHOTO = /^image\/(?!svg|tiff|bmp|x-|vnd\.)|\.(jpe?g|png|webp|gif|heic|heif|avif)$/i;
const VIDEO = /^video\/|\.(mov|mp4|m4v|webm|3gp|mkv|avi|mpe?g)$/i;
const DOCUMENT = /^application\/pdf$|\.pdf$/i;
const MEGABYTE = 1024 * 1024;

const is = (pattern, { type, name }) => pattern.test(type) || pattern.test(name);
export const isPhoto = (file) => is(PHOTO, file);
export const isVideo = (file) => is(VIDEO, file);
export const isDocument = (file) => is(DOCUMENT, file);
export const said = (words, params) => words.replace(/\{(\w+)\}/g, (whole, name) => params[name] ?? whole);

/* What the file itself says. `there` is what is picked already. */
export function unfit(file, there, { most, isSingle, takesDocuments, words }) {
  const { name, size } = file;
  const video = isVideo(file);
  if (isSingle && video) return said(words.no_video, { name });
  if (!(video || isPhoto(file) || (takesDocuments && isDocument(file))) || !size) return said(words.no_photo, { name });
  return there.length >= most ? said(words.too_many, { most }) : "";
}

/* `before` is what was picked before it; `limits` see limits.js. */
export function tooLarge(file, before, { limits, words }) {
  const { name, size } = file;
  const largest = isVideo(file) ? limits.video_bytes : limits.photo_bytes;
  if (size > largest) return said(words.too_large, { name, most: Math.floor(largest / MEGABYTE) });
  return size > limits.room - sum(before) ? said(words.no_room_there, { name }) : "";
}

export const tooLong = ({ name }, seconds, { limits, words }) =>
  seconds > limits.video_minutes * 60 + 1 ? said(words.too_long, { name, minutes: limits.video_minutes }) : "";

/* Whether this device has room for it, as far as the browser tells. */
export async function fitsHere(size) {
  const { quota, usage } = (await navigator.storage?.estimate?.().catch(() => null)) ?? {};
  return !quota || quota - usage > size;
}

const sum = (files) => files.reduce((total, { size, done }) => total + (done ? 0 : size), 0);
