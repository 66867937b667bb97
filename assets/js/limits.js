/* What may be sent here: how large, how long, and how much room the site has left. */

const KEPT = 60_000;
const known = new Map(); // site → { at, limits }

/* As the server says, or as it is usual where it cannot be asked: it looks again before the first byte. */
export async function limitsOf(site, usual) {
  const kept = known.get(site);
  if (kept && Date.now() - kept.at < KEPT) return kept.limits;
  try {
    const answer = await fetch(`/api/uploads?site=${encodeURIComponent(site)}`, { signal: AbortSignal.timeout(4000) });
    if (!answer.ok) return kept?.limits ?? usual;
    const limits = { ...usual, ...(await answer.json()) };
    known.set(site, { at: Date.now(), limits });
    return limits;
  } catch {
    return kept?.limits ?? usual;
  }
}
