/* What waits to be sent, and whether there is a connection, for components. */

import { useRef, useSyncExternalStore } from "react";
import { isConnected, onConnection } from "./connection.js";
import { subscribe, waiting } from "./outbox_list.js";
import { isQuiet } from "./quiet.js";

const NONE = [];
const same = (a, b) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

/* The entries of an operation (of all, without one) whose command has the values of `match`, oldest first. Many ask, and
 * mostly nothing waits for them: only those for whom something changed are drawn again. */
export function useWaiting(operation, match, site) {
  const last = useRef(NONE);
  const isWanted = (entry) =>
    (!operation || entry.operation === operation) &&
    (!site || entry.site === site) &&
    Object.entries(match ?? {}).every(([name, value]) => same(entry.command[name], value));

  function found() {
    const now = waiting().filter(isWanted);
    const isNew = now.length !== last.current.length || now.some((entry, at) => entry !== last.current[at]);
    return isNew ? (last.current = now.length ? now : NONE) : last.current;
  }

  return useSyncExternalStore(subscribe, found, () => NONE);
}

const isUnsent = (entry) => entry.state !== "sent" && !isQuiet(entry);

/* What waits, and what would be lost with it: also what was refused and not given up yet. */
export const useOutboxCount = () => useWaiting().filter((entry) => isUnsent(entry) && entry.state !== "refused").length;
export const useUnsentCount = () => useWaiting().filter(isUnsent).length;

export const useOnline = () => useSyncExternalStore(onConnection, isConnected, () => true);
