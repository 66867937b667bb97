/* Who can at a time, worked out on the device from the days ahead that a page has brought along. */

const MINUTE = 60_000;
const QUARTER = 15 * MINUTE;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/* The times that a form asks for: {on, starts, ends, last}, of the clock there. Without `starts` any time of the day. */
export function timesIn({ times, on, starts_on = on, starts, ends, last_on, is_all_day }) {
  if (times) return times;
  return starts_on ? [{ on: starts_on, starts: is_all_day ? null : starts, ends, last: last_on }] : [];
}

/* Who can all of that time, or at some hour of the day where there is no time. `isKnown`: it lies within the days. */
export function whoCan({ begins, ends, people }, time, zone) {
  const [from, until] = spanOf(time, zone);
  const isKnown = Date.parse(begins) <= until && from < Date.parse(ends);
  const covers = time.starts ? ([a, b]) => a <= from && until <= b : ([a, b]) => a < until && from < b;
  const can = people.filter(({ free }) => spansIn(free, Date.parse(begins)).some(covers));
  return { isKnown, names: can.map(({ name }) => name) };
}

function spanOf({ on, starts, ends, last }, zone) {
  if (!starts) return [moment(on, "00:00", zone), moment(nextDay(last || on), "00:00", zone)];
  const from = moment(on, starts, zone);
  if (!ends) return [from, from + HOUR];
  return [from, moment(last || (ends > starts ? on : nextDay(on)), ends, zone)];
}

/* How long not, how long free, and so on, in quarters of an hour (careapp/availability/spans.py). */
export function spansIn(signs, since) {
  const spans = [];
  let at = since;
  (signs ? signs.split(".") : []).forEach((sign, n) => {
    const end = at + parseInt(sign, 36) * QUARTER;
    if (n % 2) spans.push([at, end]);
    at = end;
  });
  return spans;
}

/* The moment at which the clock of a zone shows this. What summer time skips counts as if it had not begun yet; of what
   comes twice the first is meant. */
export function moment(on, time, zone) {
  const wall = Date.parse(`${on}T${time.slice(0, 5)}:00Z`);
  const [before, after] = [-DAY, DAY].map((near) => offset(wall + near, zone));
  const first = wall - before;
  if (offset(first, zone) === before) return first;
  return offset(wall - after, zone) === after ? wall - after : first;
}

const clocks = new Map();

function offset(at, zone) {
  if (!clocks.has(zone)) clocks.set(zone, clockOf(zone));
  const part = Object.fromEntries(clocks.get(zone).formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  return Date.UTC(part.year, part.month - 1, part.day, part.hour, part.minute, part.second) - at;
}

function clockOf(zone) {
  const parts = { year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric", second: "numeric" };
  const options = { ...parts, hourCycle: "h23" };
  try {
    return new Intl.DateTimeFormat("en-US", { ...options, timeZone: zone || undefined });
  } catch {
    return new Intl.DateTimeFormat("en-US", options); // a zone that this device does not know
  }
}

const nextDay = (on) => new Date(Date.parse(`${on}T00:00:00Z`) + DAY).toISOString().slice(0, 10);
