/* A video: its poster as one large button, and once that is pressed the browser's own player in its place. */

import { createElement as h, useEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";

let playing; // one at a time

export function Player({ src, poster, label, wide, high, words, looks, children }) {
  const [isOpen, setOpen] = useState(false);
  const [hasFailed, setFailed] = useState(false);
  const video = useRef(null);
  useEffect(() => () => void (playing === video.current && (playing = undefined)), []);

  /* At once and not in an effect: browsers let sound begin only while the finger's press is being dealt with. */
  function play() {
    flushSync(() => (setFailed(false), setOpen(true)));
    video.current.play().catch(() => {});
    video.current.focus({ preventScroll: true });
  }

  function only() {
    if (playing !== video.current) playing?.pause();
    playing = video.current;
  }

  function fail() {
    setFailed(true);
    setOpen(false);
  }

  if (!isOpen)
    return h(
      "div",
      null,
      h("button", { type: "button", className: looks.closed, "aria-label": words.play, onClick: play }, children),
      hasFailed && h("p", { role: "alert", className: looks.failed }, words.failed),
    );
  return h("video", {
    ref: video,
    src,
    poster,
    width: wide || undefined,
    height: high || undefined,
    controls: true,
    playsInline: true,
    preload: "none",
    tabIndex: 0,
    "aria-label": label,
    className: looks.open,
    onPlay: only,
    onError: fail,
  });
}
