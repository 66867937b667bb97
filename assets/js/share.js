/* Handing something on: the phone's share sheet, the clipboard, the home screen. */

import { createElement as h, useState, useSyncExternalStore } from "react";

const SHOWN = 2500;

let offer = null; // the browser's own question whether to install, kept until someone asks for it
const listeners = new Set();
const subscribe = (listener) => (listeners.add(listener), () => listeners.delete(listener));

function keepOffer(event) {
  offer = event;
  listeners.forEach((listener) => listener());
}

if (typeof window !== "undefined") {
  addEventListener("beforeinstallprompt", (event) => (event.preventDefault(), keepOffer(event)));
  addEventListener("appinstalled", () => keepOffer(null));
}

export function InstallButton({ children, ...rest }) {
  const offered = useSyncExternalStore(subscribe, () => offer, () => null);
  if (!offered) return null;
  const install = async () => {
    await offered.prompt();
    keepOffer(null); // an offer can be used once
  };
  return h("button", { type: "button", ...rest, onClick: install }, children);
}

export function CopyButton({ text, copied, children, ...rest }) {
  const [isCopied, copy] = useCopy();
  return h("button", { type: "button", ...rest, onClick: () => copy(text), "aria-live": "polite" }, isCopied ? copied : children);
}

export function ShareButton({ url, title, text, copied, children, ...rest }) {
  const [isCopied, copy] = useCopy();
  const share = async () => {
    const wanted = { url: new URL(url, location.href).href, title, text };
    if (!navigator.share) return copy([text, wanted.url].filter(Boolean).join("\n"));
    return navigator.share(wanted).catch((error) => error.name !== "AbortError" && copy(wanted.url));
  };
  return h("button", { type: "button", ...rest, onClick: share, "aria-live": "polite" }, isCopied ? copied : children);
}

function useCopy() {
  const [isCopied, setCopied] = useState(false);
  const copy = async (text) => {
    await write(text);
    setCopied(true);
    setTimeout(setCopied, SHOWN, false);
  };
  return [isCopied, copy];
}

/* Plain http on a home network has no clipboard: there the old way works. */
async function write(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const area = Object.assign(document.createElement("textarea"), { value: text });
  document.body.append(area);
  area.select();
  document.execCommand("copy");
  return area.remove();
}
