/* A push subscription as the server is told of it; for pages and the worker. */

const base64url = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replace(/=+$/, "");

export function deviceOf(subscription) {
  const { endpoint, keys } = subscription.toJSON();
  return { endpoint, p256dh: keys.p256dh, auth: keys.auth };
}

/* Whether it was made for this installation; a browser that does not tell is believed. */
export function sameKey(subscription, key) {
  const made = subscription.options?.applicationServerKey;
  return !made || base64url(made) === key;
}
