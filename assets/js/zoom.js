/* Looking closer at the picture that a figure shows: pinch, double tap, the wheel and the keys, around the point that is
 * meant; dragged about while it is larger than the screen. Only one figure of the track is ever enlarged.
 */

const MOST = 5;
const TAP = 2.5;
const STEP = 1.5;
const DOUBLE_TAP_MS = 300;
const STILL = 6; // pixels that a finger moves without meaning to

let figure, image, zoom, x, y;

/* The figure that is looked at from now on; the one before is as it was. */
export function look(at) {
  if (at === figure) return;
  if (image) zoom = 1, x = y = 0, draw();
  figure = at;
  image = at?.querySelector(":scope > img");
  [zoom, x, y] = [1, 0, 0];
}

export const isZoomed = () => zoom > 1;

/* By the keys "+" and "-": around the middle. */
export function step(isCloser) {
  if (!image) return;
  const { left, top, width, height } = figure.getBoundingClientRect();
  zoomTo(isCloser ? zoom * STEP : zoom / STEP, left + width / 2, top + height / 2);
}

/* Moves what is enlarged, by the arrow keys; whether there was anything to move. */
export function pan(right, down) {
  if (!isZoomed()) return false;
  x -= right * figure.clientWidth * 0.25;
  y -= down * figure.clientHeight * 0.25;
  draw();
  return true;
}

function draw() {
  const { clientWidth: width, clientHeight: height } = figure;
  x = Math.min(0, Math.max(width * (1 - zoom), x));
  y = Math.min(0, Math.max(height * (1 - zoom), y));
  image.style.transform = zoom === 1 ? "" : `translate(${x}px, ${y}px) scale(${zoom})`;
  figure.toggleAttribute("data-zoomed", zoom > 1);
}

function zoomTo(wanted, pointX, pointY) {
  const next = Math.min(MOST, Math.max(1, wanted));
  const { left, top } = figure.getBoundingClientRect();
  const [px, py] = [pointX - left, pointY - top];
  x = px - ((px - x) * next) / zoom;
  y = py - ((py - y) * next) / zoom;
  zoom = next;
  draw();
}

/* Hears what fingers, mouse and wheel do on the track. */
export function follow(track) {
  const fingers = new Map();
  let tapped = 0, moved = 0, many = false;

  const isOn = (event) => image && figure.contains(event.target);
  // Two fingers are never a swipe, which the browser would otherwise make of them.
  for (const name of ["touchstart", "touchmove"])
    track.addEventListener(name, (event) => image && event.touches.length > 1 && event.preventDefault(), { passive: false });

  track.addEventListener("pointerdown", (event) => {
    if (!isOn(event)) return;
    fingers.set(event.pointerId, event);
    if (fingers.size === 1) (moved = 0), (many = false);
    else many = true;
    if (isZoomed() || many) figure.setPointerCapture(event.pointerId);
  });
  track.addEventListener("pointermove", (event) => {
    const before = fingers.get(event.pointerId);
    if (!before) return;
    const other = [...fingers.values()].find(({ pointerId }) => pointerId !== event.pointerId);
    const [dx, dy] = [event.clientX - before.clientX, event.clientY - before.clientY];
    moved += Math.hypot(dx, dy);
    if (other) {
      const middle = [(event.clientX + other.clientX) / 2, (event.clientY + other.clientY) / 2];
      zoomTo((zoom * apart(event, other)) / apart(before, other), ...middle);
    } else if (isZoomed()) (x += dx), (y += dy), draw();
    fingers.set(event.pointerId, event);
  });
  const lifted = (event) => {
    if (!fingers.delete(event.pointerId) || fingers.size) return;
    if (event.type === "pointercancel" || many || moved > STILL) return;
    const isDouble = event.timeStamp - tapped < DOUBLE_TAP_MS;
    tapped = isDouble ? 0 : event.timeStamp;
    if (isDouble) zoomTo(isZoomed() ? 1 : TAP, event.clientX, event.clientY);
  };
  for (const name of ["pointerup", "pointercancel"]) track.addEventListener(name, lifted);
  track.addEventListener(
    "wheel",
    (event) => {
      if (!isOn(event) || (!event.ctrlKey && !isZoomed() && Math.abs(event.deltaX) > Math.abs(event.deltaY))) return;
      event.preventDefault();
      zoomTo(zoom * Math.exp(-event.deltaY / 300), event.clientX, event.clientY);
    },
    { passive: false },
  );
}

const apart = (one, other) => Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY) || 1;
