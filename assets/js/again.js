/* Looks again while something is being made for whoever is on the page, who alone would like to know how far it is. */

import { useEffect, useEffectEvent } from "react";

const PAUSE = 2000;

export function LooksAgain({ isOn, onTime }) {
  const look = useEffectEvent(() => document.visibilityState === "visible" && onTime?.());
  useEffect(() => {
    if (!isOn) return undefined;
    const timer = setInterval(() => look(), PAUSE);
    return () => clearInterval(timer);
  }, [isOn]);
  return null;
}
