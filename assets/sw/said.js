/* The few words that the worker itself says. careapp/notify/worker_words.py lists them for the catalogues. */

/* The words for a message id in a language, from the catalogue that was kept with the app; English where it has none. */
export async function said(language, id) {
  const name = (language || navigator.language || "en").split("-")[0];
  if (name === "en") return id;
  const kept = await caches.match(`/words/${name}.json`).catch(() => null);
  const found = (await kept?.json().catch(() => null))?.[id];
  return typeof found === "string" ? found : id;
}
