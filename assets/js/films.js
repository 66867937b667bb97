/* What a video says of itself on the device, before anything of it is sent. */

const PATIENCE = 5000;

/* Its length in seconds and a small picture of its beginning; "" where this browser cannot open it, which says nothing
 * about whether the server can, and 0 where the file does not say its length either. */
export async function look(file, width) {
  const video = document.createElement("video");
  const address = URL.createObjectURL(file);
  Object.assign(video, { muted: true, playsInline: true, preload: "metadata", src: address });
  try {
    await happens(video, "loadedmetadata");
    const seconds = Number.isFinite(video.duration) ? video.duration : 0;
    return { seconds, preview: await beginning(video, width).catch(() => "") };
  } catch {
    return { seconds: await told(file).catch(() => 0), preview: "" };
  } finally {
    video.removeAttribute("src");
    video.load(); // lets go of the file
    URL.revokeObjectURL(address);
  }
}

/* The seconds that an MP4 or QuickTime file says itself: in its "mvhd", inside its "moov" (ISO/IEC 14496-12). */
async function told(file) {
  const movie = await boxIn(file, 0, file.size, "moov");
  const header = movie && (await boxIn(file, movie.start, movie.end, "mvhd"));
  if (!header) return 0;
  const said = await bytes(file, header.start, 32);
  const isLarge = said.getUint8(0) === 1;
  const aSecond = said.getUint32(isLarge ? 20 : 12);
  return aSecond && Number(isLarge ? said.getBigUint64(24) : said.getUint32(16)) / aSecond;
}

async function boxIn(file, at, end, kind) {
  while (at + 16 <= end) {
    const head = await bytes(file, at, 16);
    const isLarge = head.getUint32(0) === 1;
    const size = isLarge ? Number(head.getBigUint64(8)) : head.getUint32(0) || end - at;
    if (String.fromCharCode(...new Uint8Array(head.buffer, 4, 4)) === kind) return { start: at + (isLarge ? 16 : 8), end: at + size };
    if (size < 8) return null;
    at += size;
  }
  return null;
}

const bytes = async (file, at, length) => new DataView(await file.slice(at, at + length).arrayBuffer());

async function beginning(video, width) {
  video.currentTime = Math.min(0.5, (video.duration || 0) / 2);
  await happens(video, "seeked");
  if (!video.videoWidth) return "";
  const wide = Math.min(width, video.videoWidth);
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width: wide, height: Math.round((wide * video.videoHeight) / video.videoWidth) });
  canvas.getContext("2d").drawImage(video, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL("image/jpeg", 0.7);
}

function happens(video, event) {
  return new Promise((resolve, reject) => {
    const limit = setTimeout(reject, PATIENCE);
    video.addEventListener(event, () => (clearTimeout(limit), resolve()), { once: true });
    video.addEventListener("error", () => (clearTimeout(limit), reject()), { once: true });
  });
}
