/* What writing in the journal needs beyond a form: names to insert, photos at once. */

import { createElement as h, useEffect } from "react";
import { useSearchParams } from "react-router";
import { sendNow } from "./outbox.js";
import { useSite } from "./place.js";

/* Around buttons with `data-inserts`: puts that text where the cursor of the field with the id `into` is. */
export function Inserting({ into, children, ...rest }) {
  function insert(event) {
    const button = event.target.closest("[data-inserts]");
    const field = button && document.getElementById(into);
    if (!field) return;
    const before = field.value.slice(0, field.selectionStart);
    const gap = !before || /\s$/.test(before) ? "" : " ";
    field.focus();
    field.setRangeText(gap + button.dataset.inserts, field.selectionStart, field.selectionEnd, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  return h("div", { ...rest, onClick: insert }, children);
}

/* Opens the choice of photos for who came to add one; where the browser wants a tap for it, nothing happens. */
export function PhotosAtOnce({ within }) {
  const isWanted = useSearchParams()[0].get("photo") === "1";
  useEffect(() => {
    if (isWanted && navigator.userActivation?.isActive) document.querySelector(`#${within} input[type=file]`)?.click();
  }, [isWanted, within]);
  return null;
}

/* Takes the mentions in an update off the home page of who has opened it. */
export function MentionsSeen({ update, isNew }) {
  const site = useSite();
  useEffect(() => {
    if (site && isNew) sendNow("journal.mark_mentions_seen", { site, command: { update_id: update } }).catch(() => {});
  }, [site, update, isNew]);
  return null;
}
