/* What a video says of itself on the device, before anything of it is sent. */

const PATIENCE = 5000;

/* Its length in seconds and a small picture of its beginning; 0 and "" where this browser cannot open it, which says
 * nothing about whether the server can. */
export async function look(file, width) {
  const video = document.createElement("video");
  const address = URL.createObjectURL(file);
  Object.assign(video, { muted: true, playsInline: true, preload: "metadata", src: address });
  try {
    await happens(video, "loadedmetadata");
    const seconds = Number.isFinite(video.duration) ? video.duration : 0;
    return { seconds, preview: await beginning(video, width).catch(() => "") };
  } catch {
    return { seconds: 0, preview: "" };
  } finally {
    video.removeAttribute("src");
    video.load(); // lets go of the file
    URL.revokeObjectURL(address);
  }
}

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
