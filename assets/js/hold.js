/* A button that acts when it was held for a second, so that no slip of a finger does it.
 *
 * Held by a finger, the mouse, or Space or Enter. A short press, and the click of a screen reader or a voice command,
 * asks once more instead. The ring is drawn here and not by a transition, because it says how long is left, also to
 * those who want no motion.
 */

import { Fragment, createElement as h, useEffect, useRef, useState } from "react";

const LONG_ENOUGH = 1000;
const LEEWAY = 48; // pixels beside the button that a shaky finger may stray
const ONE_PRESS = 800;
const KEYS = new Set([" ", "Enter"]);

export function HoldButton({ onHeld, busy, words, looks, children, ...rest }) {
  const [phase, setPhase] = useState("rest"); // rest, held, asking
  const button = useRef(null);
  const ring = useRef(null);
  const yes = useRef(null);
  const hold = useRef(null);
  const pressedAt = useRef(-Infinity);

  function start() {
    if (busy || hold.current) return;
    const began = performance.now();
    const draw = () => {
      fill((performance.now() - began) / LONG_ENOUGH);
      hold.current.frame = requestAnimationFrame(draw);
    };
    hold.current = { timer: setTimeout(done, LONG_ENOUGH) };
    draw();
    setPhase("held");
    navigator.vibrate?.(20);
  }

  /* The hold is over, for whatever reason. False when there was none. */
  function end(next = "rest") {
    pressedAt.current = performance.now();
    if (!hold.current) return false;
    clearTimeout(hold.current.timer);
    cancelAnimationFrame(hold.current.frame);
    hold.current = null;
    fill(0);
    setPhase(next);
    return true;
  }

  function done() {
    end();
    navigator.vibrate?.([60, 60, 60]);
    onHeld();
  }

  function fill(part) {
    if (!ring.current) return;
    ring.current.style.strokeDashoffset = String(1 - Math.min(1, part));
    ring.current.style.opacity = part > 0 ? "1" : "0"; // the end of an empty line is a dot
  }

  function ask() {
    if (busy) return;
    setPhase("asking");
    requestAnimationFrame(() => yes.current?.focus());
  }

  function onPointerDown(event) {
    if (!event.isPrimary || event.button !== 0) return;
    event.currentTarget.setPointerCapture?.(event.pointerId);
    start();
  }

  function onPointerMove({ clientX: x, clientY: y }) {
    if (!hold.current) return;
    const box = button.current.getBoundingClientRect();
    const isNear = x > box.left - LEEWAY && x < box.right + LEEWAY && y > box.top - LEEWAY && y < box.bottom + LEEWAY;
    if (!isNear) end();
  }

  function onKeyDown(event) {
    if (!KEYS.has(event.key)) return;
    event.preventDefault();
    if (!event.repeat) start();
  }

  function onKeyUp(event) {
    if (!KEYS.has(event.key)) return;
    event.preventDefault();
    if (end()) ask();
  }

  /* The click that follows a press of our own says nothing new. */
  function onClick() {
    if (performance.now() - pressedAt.current > ONE_PRESS) ask();
  }

  useEffect(() => {
    const onHidden = () => document.hidden && end();
    document.addEventListener("visibilitychange", onHidden);
    return () => {
      document.removeEventListener("visibilitychange", onHidden);
      if (hold.current) end();
    };
  }, []);

  const face = h(
    "button",
    {
      ...rest,
      type: "button",
      ref: button,
      className: looks.button,
      "data-phase": phase,
      "aria-disabled": busy || undefined,
      onPointerDown,
      onPointerMove,
      onPointerUp: () => end("asking"),
      onPointerCancel: () => end("asking"),
      onLostPointerCapture: () => end(),
      onKeyDown,
      onKeyUp,
      onBlur: () => end(),
      onClick,
      onContextMenu: (event) => event.preventDefault(),
    },
    h(
      "svg",
      { viewBox: "0 0 120 120", "aria-hidden": true, className: looks.ring },
      h("circle", { cx: 60, cy: 60, r: 56, className: looks.track }),
      h("circle", { cx: 60, cy: 60, r: 56, pathLength: 1, ref: ring, className: looks.fill, ...EMPTY }),
    ),
    h("span", { className: looks.face }, children),
  );
  const question = () =>
    h(
      "div",
      { role: "group", "aria-label": words.ask, className: looks.asking },
      h("p", { role: "status", className: looks.ask }, words.ask),
      h("button", { type: "button", ref: yes, className: looks.yes, onClick: () => (setPhase("rest"), onHeld()) }, words.yes),
      h("button", { type: "button", className: looks.no, onClick: () => setPhase("rest") }, words.no),
    );
  return h(Fragment, null, face, phase === "asking" && !busy && question());
}

const EMPTY = { strokeDasharray: 1, style: { strokeDashoffset: 1, opacity: 0 } };
