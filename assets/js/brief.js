/* A page that this device has not kept is shown in brief, where what another page told is enough for that. */

import { VIEW, keptView } from "./seen.js";

const BRIEFS = { "/appointment": fromAgenda };

/* What is known of the view at an address, spelled as in a state, and when that was current; null where nothing is. */
export async function inBrief(address, build) {
  const { pathname, searchParams } = new URL(address, location.origin);
  const asked = Object.fromEntries(searchParams);
  return (await BRIEFS[pathname]?.(asked, build)) ?? null;
}

async function fromAgenda({ site, appointment, at }, build) {
  const kept = await keptView(`/calendar?${new URLSearchParams({ site })}`, build);
  for (const { [VIEW]: agenda } of Object.values(kept?.state ?? {})) {
    for (const day of agenda?.days ?? []) {
      const item = day.listed.find((one) => one.id === appointment && (!at || one.at === at));
      if (item) return { at: kept.at, view: { frame: agenda.frame, item, when: day.words, is_brief: true } };
    }
  }
  return null;
}
