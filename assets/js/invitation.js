/* The invitation to be told of what happens: once, until it was followed or put aside. */

import { createElement as h, useSyncExternalStore } from "react";
import { obstacleHere } from "./able.js";
import { whoIsHere } from "./who.js";

const listeners = new Set();
const subscribe = (listener) => (listeners.add(listener), () => listeners.delete(listener));
const place = () => `not-invited:${whoIsHere()}`;

/* "ask" where nobody has answered the browser's question yet, "install" on an iPhone outside its home screen. */
function inviting() {
  if (isPutAside()) return "";
  const obstacle = obstacleHere();
  if (obstacle) return obstacle === "install" ? obstacle : "";
  return Notification.permission === "default" ? "ask" : "";
}

function isPutAside() {
  try {
    return !!localStorage.getItem(place());
  } catch {
    return true; // without a memory it would come back for ever
  }
}

export function Invitation({ kind, children }) {
  const now = useSyncExternalStore(subscribe, inviting, () => "");
  return now === kind ? children : null;
}

export function NotNow({ children, ...rest }) {
  const put = () => {
    localStorage.setItem(place(), "1");
    listeners.forEach((listener) => listener());
  };
  return h("button", { type: "button", ...rest, onClick: put }, children);
}
