/* A pushed message as the browser shows it. The payload is declarative web push, which some browsers show themselves. */

import { said } from "./said.js";

const DECLARATIVE = 8030;
const NAME = "Careapp";
const ALARM = [400, 150, 400, 150, 800];

/* { title, body, tag, lang, dir, icon, actions, data, badge }; anything that is not ours is shown as plain text. */
export async function parse(data) {
  const text = data?.text() ?? "";
  const declared = declaredIn(text);
  if (!declared) return { title: NAME, body: text || (await said("", "Something is new. Open Careapp to see it.")), data: {} };
  const { notification, app_badge } = declared;
  const badge = Number(app_badge ?? notification.app_badge ?? NaN);
  const navigate = ownAddress(notification.data?.path ?? notification.navigate);
  const ways = Object.fromEntries((notification.actions ?? []).map(({ action, navigate: way }) => [action, wayOf(action, way)]));
  return {
    ...notification,
    badge: Number.isInteger(badge) && badge >= 0 ? badge : undefined,
    data: { ...notification.data, navigate, ways },
  };
}

function declaredIn(text) {
  try {
    const message = JSON.parse(text);
    return message.web_push === DECLARATIVE && message.notification?.title ? message : null;
  } catch {
    return null;
  }
}

/* A video visit takes place elsewhere. */
const wayOf = (action, way) => (action === "join" && /^https:/.test(way) ? way : ownAddress(way));

/* The address within this app: the server may be known by another name than it was opened by. */
export function ownAddress(address) {
  try {
    const { pathname, search, hash } = new URL(address || "/", self.location.origin);
    return pathname + search + hash;
  } catch {
    return "/";
  }
}

/* What calls for help stays until it is answered, and makes itself heard again when it is repeated. */
export function shownAs({ title, body, tag, lang, dir, icon, silent, actions, data }) {
  const isAlarm = data.kind === "sos";
  const options = {
    body: body ?? "",
    tag: tag ?? "",
    lang: lang ?? "",
    dir: dir ?? "auto",
    icon: icon ?? "/icons/icon-192.png",
    badge: "/icons/badge-96.png",
    silent: silent === true,
    renotify: isAlarm && !!tag,
    requireInteraction: isAlarm && !!actions?.length,
    actions: (actions ?? []).map(({ action, title: words }) => ({ action, title: words })),
    data,
  };
  if (isAlarm) options.vibrate = ALARM;
  return { title, options };
}
