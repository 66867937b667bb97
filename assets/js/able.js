/* Whether notifications can come to this device, and where it was said that they are not wanted. */

/* Why not: "install" (an iPhone outside its home screen), "insecure", "unable" or "blocked"; empty when they can. */
export function obstacleHere() {
  if (isAppleTouch() && !isInstalled()) return "install";
  if (!isSecureContext) return "insecure";
  if (!("serviceWorker" in navigator && "PushManager" in window && "Notification" in window)) return "unable";
  return Notification.permission === "denied" ? "blocked" : "";
}

const isAppleTouch = () =>
  /iPhone|iPad|iPod/.test(navigator.userAgent) || (/^Mac/.test(navigator.platform) && navigator.maxTouchPoints > 1);
const isInstalled = () => navigator.standalone === true || matchMedia("(display-mode: standalone)").matches;
