// Scrolls to the end of what there is, a screen every 120 ms as a thumb does, and notes how long each frame took.
async () => {
  const frames = [];
  let last = performance.now();
  let isOver = false;
  const frame = (now) => (frames.push(now - last), (last = now), isOver || requestAnimationFrame(frame));
  requestAnimationFrame(frame);
  const began = performance.now();
  const wait = (pause) => new Promise((done) => setTimeout(done, pause));
  const isAtEnd = () => scrollY + innerHeight >= document.documentElement.scrollHeight - 4 && !document.querySelector("[data-more]");
  while (!isAtEnd() && performance.now() - began < 180_000) {
    scrollBy(0, innerHeight * 0.8);
    await wait(120);
  }
  isOver = true;
  frames.sort((one, other) => one - other);
  const at = (share) => frames[Math.floor(frames.length * share)] ?? 0;
  return {
    photos: document.querySelectorAll("#page [data-photo]").length,
    seconds: (performance.now() - began) / 1000,
    "frame p50": at(0.5),
    "frame p95": at(0.95),
    "frame p99": at(0.99),
    longest: frames.at(-1),
  };
};
