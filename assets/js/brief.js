/* A page that this device has not kept is shown in brief, where what another page told is enough for that. */

import { VIEW, keptView } from "./seen.js";

const BRIEFS = { "/appointment": fromAgenda };

/* What is known of the view at an address, spelled as in a state, and when that was current; null where nothing is. */
export async function inBrief(address, build) {
  const { pathname, searchParams } = new URL(address, location.origin);
  const asked = Object.fromEntries(searchParams);
  return (await BRIEFS[pathname]?.(asked, build)) ?? null;
}

/* The agenda may go on over several pages. */
async function fromAgenda({ site, appointment, at }, build, begins = "") {
  const kept = await keptView(`/calendar?${new URLSearchParams({ site, begins })}`, build);
  const agenda = Object.values(kept?.state ?? {}).find((state) => state[VIEW]?.days)?.[VIEW];
  for (const day of agenda?.days ?? []) {
    const item = day.listed.find((one) => one.id === appointment && (!at || one.at === at));
    if (item) return { at: kept.at, view: { frame: agenda.frame, item, when: day.words, is_brief: true } };
  }
  return agenda?.further > begins ? fromAgenda({ site, appointment, at }, build, agenda.further) : null;
}
