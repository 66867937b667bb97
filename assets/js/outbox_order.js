/* Which entries of the outbox go first, and which hold up others. */

import { ageOf } from "./outbox_age.js";

const HEAVY = 8 * 1024 * 1024;
const DAY = 24 * 3600 * 1000;
export const RAISE = "sos.raise_alert";
export const STAND_DOWN = "sos.stand_down";

export const isUrgent = ({ operation }) => operation.startsWith("sos.");

/* An SOS lasts for a day. One that could not go out for longer is sent only once its person says that it is still needed. */
export const isOld = (entry) => entry.operation === RAISE && !entry.is_meant && ageOf(entry) > DAY;

/* Large files of it have yet to be sent. */
export const isHeavy = ({ files }) => files.reduce((sum, { size, done }) => sum + (done ? 0 : size), 0) > HEAVY;

/* What a server says to the rest of a site does not hold up its SOS. */
export const lane = (entry) => (isUrgent(entry) ? `sos ${entry.site}` : entry.site);

/* Of what waits, that which may be sent: an SOS, then the oldest first. Only large files, and what speaks of the same things
 * as their entry, are overtaken. */
export function inOrder(waiting) {
  const asked = new Set(waiting.filter(isOld).map(({ command }) => command.alert_id));
  const sent = waiting.filter(({ command }) => !asked.has(command.alert_id));
  const late = overtaken(sent);
  return sent.sort((a, b) => isUrgent(b) - isUrgent(a) || late.has(a) - late.has(b) || a.seq - b.seq);
}

function overtaken(waiting) {
  const late = new Set();
  const spoken = new Set();
  for (const entry of waiting) {
    const ids = idsIn(entry.command);
    if (!isHeavy(entry) && !ids.some((id) => spoken.has(id))) continue;
    late.add(entry);
    ids.forEach((id) => spoken.add(id));
  }
  return late;
}

const idsIn = (command) => JSON.stringify(command).match(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g) ?? [];
