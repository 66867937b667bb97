/* What waits to be sent, and whether there is a connection, for components. */

import { useMemo, useSyncExternalStore } from "react";
import { isConnected, onConnection } from "./connection.js";
import { subscribe, waiting } from "./outbox_list.js";
import { isQuiet } from "./quiet.js";

const NONE = [];
const same = (a, b) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

/* The entries of an operation (of all, without one) whose command has the values of `match`, oldest first. */
export function useWaiting(operation, match, site) {
  const all = useSyncExternalStore(subscribe, waiting, () => NONE);
  const wanted = all.length ? JSON.stringify(match ?? {}) : "{}"; // as a rule nothing waits, and many ask
  return useMemo(() => {
    const pairs = Object.entries(JSON.parse(wanted));
    const found = all.filter(
      (entry) =>
        (!operation || entry.operation === operation) &&
        (!site || entry.site === site) &&
        pairs.every(([name, value]) => same(entry.command[name], value)),
    );
    return found.length ? found : NONE;
  }, [all, operation, wanted, site]);
}

export const useOutboxCount = () => useWaiting().filter((entry) => entry.state !== "sent" && !isQuiet(entry)).length;

export const useOnline = () => useSyncExternalStore(onConnection, isConnected, () => true);
