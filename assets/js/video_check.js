/* Trying camera, microphone and speaker before a video visit. What does it is loaded when it is first asked for. */

import { Fragment, createElement as h, useEffect, useRef, useState } from "react";

/* A page that came here without being loaded anew keeps the rules of the one before, which allows no camera. */
const mayNever = () => document.featurePolicy?.allowsFeature("camera") === false;
const FRESH = "checked-afresh";

export function VideoCheck({ words, looks }) {
  const [found, setFound] = useState(null); // { camera, microphone, problem }, once asked
  const [busy, setBusy] = useState(false);
  const [level, setLevel] = useState(0);
  const [isHeard, setHeard] = useState(false);
  const [sound, setSound] = useState("");
  const picture = useRef(null);
  const held = useRef(null);

  useEffect(() => {
    if (mayNever() && history.state?.[FRESH] !== true) {
      history.replaceState({ ...history.state, [FRESH]: true }, "");
      location.reload();
    }
  }, []);

  useEffect(() => {
    const end = () => stop();
    const hidden = () => document.visibilityState === "hidden" && stop();
    addEventListener("pagehide", end);
    document.addEventListener("visibilitychange", hidden);
    return () => {
      removeEventListener("pagehide", end);
      document.removeEventListener("visibilitychange", hidden);
      end();
    };
  }, []);

  useEffect(() => {
    if (found?.camera && picture.current) picture.current.srcObject = held.current?.stream ?? null;
  }, [found]);

  function stop() {
    held.current?.stop();
    held.current = null;
    setFound(null);
    setLevel(0);
  }

  async function begin() {
    stop();
    setBusy(true);
    setHeard(false);
    const { listen } = await import("./video_parts.js");
    const trial = await listen((now, heard) => (setLevel(now), heard && setHeard(true)));
    setBusy(false);
    held.current = trial;
    setFound(trial);
  }

  async function play() {
    setSound("playing");
    const { tones } = await import("./video_parts.js");
    setSound((await tones()) ? "asked" : "failed");
  }

  return h(
    Fragment,
    null,
    h(
      "section",
      { className: looks.section },
      h("h2", { className: looks.title }, words.see),
      found?.camera && h("video", { ref: picture, autoPlay: true, muted: true, playsInline: true, "aria-label": words.picture, className: looks.picture }),
      h(
        "div",
        { role: "status", className: looks.results },
        found?.camera && h(Line, { looks, good: true }, words.camera),
        found?.microphone && h(Line, { looks, good: isHeard }, isHeard ? words.heard : words.speak),
        found?.problem && h(Line, { looks }, words[found.problem] ?? words.unknown),
      ),
      found?.microphone && h("meter", { min: 0, max: 1, value: level, "aria-label": words.level, className: looks.meter }),
      found?.camera || found?.microphone
        ? h("button", { type: "button", className: looks.second, onClick: stop }, words.stop)
        : h("button", { type: "button", className: looks.first, onClick: begin, "aria-busy": busy || undefined }, found ? words.again : words.begin),
    ),
    h(
      "section",
      { className: looks.section },
      h("h2", { className: looks.title }, words.hear),
      h("button", { type: "button", className: looks.second, onClick: play, "aria-busy": sound === "playing" || undefined }, words.play),
      h(
        "div",
        { role: "status", className: looks.results },
        sound === "asked" && h("p", null, words.did),
        sound === "yes" && h(Line, { looks, good: true }, words.sound),
        sound === "no" && h(Line, { looks }, words.silent),
        sound === "failed" && h(Line, { looks }, words.no_sound),
      ),
      sound === "asked" &&
        h(
          "div",
          { className: looks.row },
          h("button", { type: "button", className: looks.second, onClick: () => setSound("yes") }, words.yes),
          h("button", { type: "button", className: looks.second, onClick: () => setSound("no") }, words.no),
        ),
    ),
  );
}

function Line({ good, looks, children }) {
  return h("p", { className: good ? looks.good : looks.bad }, good ? "✓ " : "", children);
}
