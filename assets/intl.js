/* Runs in a thread of its own. A browser loads what it knows of dates and plurals when it is first asked, for all threads,
 * which takes 50 ms of a fast processor: too long for the thread that a finger waits for. Answers with the time zone.
 */

self.onmessage = ({ data: language }) => {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const parts = { day: "numeric", month: "long", year: "numeric", hour: "numeric", minute: "2-digit" };
  new Intl.DateTimeFormat(language, { timeZone, ...parts }).format();
  new Intl.RelativeTimeFormat(language).format(-1, "day");
  new Intl.PluralRules(language).select(1);
  postMessage(timeZone);
};
