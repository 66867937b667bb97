// Photos on the whole screen: swipe or arrow keys to the next, pinch, double tap or the wheel to look closer.
//
// The frame is the <dialog id="viewer"> of the page's shell. Swiping is the browser's own scrolling with snap points; only
// zooming is done here, by a transform of the picture.

const MOST_ZOOM = 5;
const TAP_ZOOM = 2.5;
const DOUBLE_TAP_MS = 300;

let dialog, track, pictures;

/** Show the photo behind this link, among the photos of its group. */
export function show(link) {
  dialog = link.getRootNode().getElementById("viewer") ?? document.getElementById("viewer");
  if (!dialog) return void window.open(link.href, "_self");
  track = dialog.querySelector("[data-track]");
  const group = link.closest("[data-photos]");
  const links = group ? [...group.querySelectorAll("[data-photo]")] : [link];
  pictures = links.map(picture);
  track.replaceChildren(...pictures.map(({ figure }) => figure));
  listen();
  dialog.showModal();
  go(links.indexOf(link), "instant");
}

function picture(link) {
  const small = link.querySelector("img:last-of-type");
  const figure = document.createElement("figure");
  const image = document.createElement("img");
  image.alt = small?.alt ?? "";
  image.draggable = false;
  image.sizes = "100vw";
  // What the feed has already loaded shows at once; the large one takes its place when it is there.
  image.src = small?.currentSrc || link.href;
  const large = new Image();
  large.onload = () => (image.src = large.src);
  figure.append(image);
  zooming(figure, image);
  return { figure, image, load: () => (large.src ||= link.href) };
}

function listen() {
  if (dialog.dataset.ready) return;
  dialog.dataset.ready = "yes";
  let waiting;
  track.addEventListener("scroll", () => {
    clearTimeout(waiting);
    waiting = setTimeout(arrived, 80);
  });
  dialog.addEventListener("click", (event) => {
    const step = event.target.closest("[data-step]");
    if (step) go(current() + Number(step.dataset.step));
  });
  dialog.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step) go(current() + step * (isRightToLeft() ? -1 : 1));
  });
  dialog.addEventListener("close", () => track.replaceChildren());
}

function isRightToLeft() {
  return getComputedStyle(dialog).direction === "rtl";
}

function current() {
  return Math.round(Math.abs(track.scrollLeft) / track.clientWidth) || 0;
}

function go(index, behavior) {
  const target = Math.max(0, Math.min(pictures.length - 1, index));
  const calm = behavior ?? (matchMedia("(prefers-reduced-motion: reduce)").matches ? "instant" : "smooth");
  track.scrollTo({ left: target * track.clientWidth * (isRightToLeft() ? -1 : 1), behavior: calm });
  arrived(target);
}

function arrived(index = current()) {
  if (!pictures[index]) return;
  for (const near of [index, index + 1, index - 1]) pictures[near]?.load();
  const many = pictures.length > 1;
  dialog.querySelector("[data-count]").textContent = many ? `${index + 1} / ${pictures.length}` : "";
  dialog.querySelector("[data-words]").textContent = pictures[index].image.alt;
  dialog.querySelector('[data-step="-1"]').hidden = index === 0;
  dialog.querySelector('[data-step="1"]').hidden = index === pictures.length - 1;
}

/** Pinch, double tap and wheel around the point that is touched; drag while zoomed. */
function zooming(figure, image) {
  const fingers = new Map();
  let zoom = 1, x = 0, y = 0, tapped = 0, moved = false;

  const draw = () => {
    const { clientWidth: width, clientHeight: height } = figure;
    x = Math.min(0, Math.max(width * (1 - zoom), x));
    y = Math.min(0, Math.max(height * (1 - zoom), y));
    image.style.transform = zoom === 1 ? "" : `translate(${x}px, ${y}px) scale(${zoom})`;
    figure.toggleAttribute("data-zoomed", zoom > 1);
  };
  const zoomTo = (wanted, pointX, pointY) => {
    const next = Math.min(MOST_ZOOM, Math.max(1, wanted));
    const box = figure.getBoundingClientRect();
    const [px, py] = [pointX - box.left, pointY - box.top];
    x = px - ((px - x) * next) / zoom;
    y = py - ((py - y) * next) / zoom;
    zoom = next;
    draw();
  };

  figure.addEventListener("pointerdown", (event) => {
    fingers.set(event.pointerId, event);
    moved = false;
    if (zoom > 1 || fingers.size > 1) figure.setPointerCapture(event.pointerId);
  });
  figure.addEventListener("pointermove", (event) => {
    const before = fingers.get(event.pointerId);
    if (!before) return;
    const other = [...fingers.values()].find((finger) => finger.pointerId !== event.pointerId);
    if (Math.hypot(event.clientX - before.clientX, event.clientY - before.clientY) > 4) moved = true;
    if (other) {
      zoomTo((zoom * apart(event, other)) / apart(before, other), (event.clientX + other.clientX) / 2, (event.clientY + other.clientY) / 2);
    } else if (zoom > 1) {
      x += event.clientX - before.clientX;
      y += event.clientY - before.clientY;
      draw();
    }
    fingers.set(event.pointerId, event);
  });
  for (const end of ["pointerup", "pointercancel"]) {
    figure.addEventListener(end, (event) => {
      fingers.delete(event.pointerId);
      if (end === "pointercancel" || moved) return;
      const isDouble = event.timeStamp - tapped < DOUBLE_TAP_MS;
      tapped = isDouble ? 0 : event.timeStamp;
      if (isDouble) zoomTo(zoom > 1 ? 1 : TAP_ZOOM, event.clientX, event.clientY);
    });
  }
  figure.addEventListener(
    "wheel",
    (event) => {
      if (!event.ctrlKey && zoom === 1 && Math.abs(event.deltaX) > Math.abs(event.deltaY)) return;
      event.preventDefault();
      zoomTo(zoom * Math.exp(-event.deltaY / 300), event.clientX, event.clientY);
    },
    { passive: false },
  );
}

function apart(one, other) {
  return Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY) || 1;
}
