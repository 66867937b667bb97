/* Runs before a page's own scripts and notes when what was painted. ROWS is put in by bench/phone.py. */

(() => {
  const noted = (window.noted = { cls: 0, tbt: 0 });
  const on = (type, note) =>
    new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({ type, buffered: true });
  on("paint", (entry) => entry.name === "first-contentful-paint" && (noted.fcp = entry.startTime));
  on("largest-contentful-paint", (entry) => (noted.lcp = entry.startTime));
  on("layout-shift", (entry) => entry.hadRecentInput || (noted.cls += entry.value));
  on("longtask", (entry) => (noted.tbt += Math.max(0, entry.duration - 50)));

  /* Calls back when the frame that is being made now has been painted. */
  const painted = (then) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = then;
    channel.port2.postMessage(0);
  };
  let start = 0;
  const note = (name) => painted(() => (noted[name] ??= performance.now() - (name === "ready" ? start : 0)));

  /* From here on it is noted how long React takes to take over; nothing where it has already. */
  window.reach = () => (start = performance.now());

  /* What one came for may stand in the first paint, which is a shadow root, or in what React has drawn. */
  const shows = (root) => root?.querySelector(ROWS)?.getClientRects().length;
  const isOurs = (page) => page && Object.keys(page).some((key) => key.startsWith("__reactFiber"));
  const look = () => {
    const page = document.getElementById("page");
    if (!noted.rows && (shows(page?.shadowRoot) || shows(page))) note("rows");
    if (isOurs(page) && !page.shadowRoot?.getElementById("painted") && shows(page)) note("ready");
    if (!noted.ready) requestAnimationFrame(look);
  };
  requestAnimationFrame(look);

  /* From a finger on the glass to the painted change of what it touched. */
  window.taps = [];
  window.timeTap = (element) => {
    let since;
    element.addEventListener("pointerdown", (event) => (since = event.timeStamp), { once: true });
    new MutationObserver((_, observer) => {
      observer.disconnect();
      requestAnimationFrame(() => painted(() => taps.push(performance.now() - since)));
    }).observe(element, { attributes: true, attributeFilter: ["aria-pressed"] });
  };
})();
