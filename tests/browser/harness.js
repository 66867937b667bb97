/* All components on one page, and the modules as `care`, for the tests. */

import { createElement as h, useState } from "react";
import { createRoot, hydrateRoot } from "react-dom/client";
import { BrowserRouter, Route, Routes, useNavigate, useSearchParams } from "react-router";
import { NotSeen, OfflineBar, SignOutButton, UnsentSosBar, UpdateBar } from "../../assets/js/bars.js";
import { ActionButton } from "../../assets/js/buttons.js";
import { CareForm, FieldError, FormWords } from "../../assets/js/forms.js";
import { Gallery } from "../../assets/js/gallery.js";
import { PhotoPicker } from "../../assets/js/photos.js";
import { SharedIn } from "../../assets/js/share_in.js";
import { AlertSeen, RaiseButton } from "../../assets/js/sos.js";
import { Unfold } from "../../assets/js/unfold.js";
import { RefusedBar, RefusedList, WaitingList } from "../../assets/js/waiting.js";
import { ZoneField } from "../../assets/js/zones.js";
import { Pages } from "./pages.js";
import * as brief from "../../assets/js/brief.js";
import * as drafts from "../../assets/js/drafts.js";
import * as push from "../../assets/js/push.js";
import * as outbox from "../../assets/js/outbox.js";
import * as seen from "../../assets/js/seen.js";
import * as store from "../../assets/js/store.js";
import * as uploads from "../../assets/js/uploads.js";
import * as who from "../../assets/js/who.js";
import * as words from "../../assets/js/words.js";
import * as worker from "../../assets/js/worker.js";

const FORM = { offline: "No connection here.", failed: "Did not arrive.", done: "Saved", waiting: "Kept", percent: "On its way, {percent} %" };
const PHOTOS = {
  label: "Add photos",
  describe: "What is in this picture",
  remove: "Remove",
  earlier: "Earlier",
  later: "Later",
  too_many: "At most {most}.",
  too_large: "{name} is too large.",
  too_long: "{name} is longer than {minutes} minutes.",
  describe_video: "What is in this video",
  video: "Video",
  saving: "Kept, {percent} %",
  no_video: "{name} is a video.",
  half: "{name} was not kept.",
  no_room_there: "No room there for {name}.",
  no_photo: "{name} is not a photo.",
  no_room: "No room for {name}.",
};
const SHARED = { left: "Left out: {names}", waits: "Waits:", file: "1 file", files: "{n} files", add: "Put it in", discard: "Discard it" };
const LIMITS = { photo_bytes: 5_000_000, video_bytes: 20_000_000, video_minutes: 1, room: 50_000_000 };
const PRESENT = [{ id: "aaaaaaaa-0000-7000-8000-000000000000", own_alt: "", alt: "The present one", is_ready: true }];
const WAITING = {
  sending: "Sending",
  percent: "Sending, {percent} %",
  waiting: "Waiting",
  sent: "Sent",
  signin: "Sign in again",
  refused: "Not accepted",
  lost: "Pick it again",
  again: "Try again",
  edit: "Edit",
  discard: "Discard",
};
const BUTTON = { yes: "Yes", no: "No", offline: "No connection here.", failed: "Did not arrive." };

function Composer() {
  const parts = [
    h("textarea", { key: 1, name: "text", "aria-label": "Text", defaultValue: "" }),
    h(FieldError, { key: 2, name: "text" }),
    h("input", { key: 3, name: "count", "data-type": "number", "aria-label": "Count" }),
    h("input", { key: 4, name: "is_pinned", type: "checkbox", "aria-label": "Pinned" }),
    ...["family", "friends"].map((value) =>
      h("input", { key: value, name: "who", value, type: "checkbox", "aria-label": value }),
    ),
    h(SharedIn, { key: 8, text: "text", photos: "photos", most: 3, limits: LIMITS, words: { ...PHOTOS, ...SHARED }, looks: {} }),
    h(PhotoPicker, { key: 5, name: "photos", most: 3, limits: LIMITS, words: PHOTOS, looks: {} }),
    h(FormWords, { key: 6 }),
    h("button", { key: 7 }, "Post"),
  ];
  return h(
    CareForm,
    { operation: "journal.post_update", fixed: { kind: "text" }, draft: "new", resetAfter: true, offline: true, words: FORM },
    parts,
  );
}

function Invite() {
  return h(
    CareForm,
    { operation: "sites.invite", resetAfter: true, offline: false, words: FORM, "aria-label": "Invite" },
    h("input", { name: "name", "aria-label": "Name" }),
    h(FormWords),
    h("button", null, "Invite"),
  );
}

function Settings() {
  const picker = { name: "cover", most: 1, isSingle: true, limits: LIMITS, there: PRESENT, words: PHOTOS, looks: {} };
  return h(
    CareForm,
    { operation: "sites.edit_site", resetAfter: false, offline: false, words: FORM },
    h(FieldError, { name: "cover" }),
    h(PhotoPicker, picker),
    h(FormWords),
    h("button", null, "Save"),
  );
}

function Begin() {
  return h(
    CareForm,
    { operation: "sites.start_site", draft: "start", offline: false, next: "/elsewhere?site={id}", behind: "/?begun={id}", words: FORM },
    h("input", { type: "hidden", name: "site_id", "data-type": "id", defaultValue: "" }),
    h("input", { name: "name", "aria-label": "Name" }),
    h(FormWords),
    h("button", null, "Continue"),
  );
}

function Account() {
  const languages = ["en", "es"].map((code) => h("option", { key: code, value: code }, code));
  return h(
    CareForm,
    { operation: "accounts.update_account", offline: false, anew: true, next: "/?site=rose", words: FORM },
    h("select", { name: "language", "aria-label": "Language", defaultValue: "en" }, languages),
    h(ZoneField, { id: "own", name: "time_zone", given: "", zones: [], words: { label: "Clock", others: "Others" }, looks: {} }),
    h("button", null, "Save"),
  );
}

function Zone() {
  const zones = [{ value: "Europe/Berlin", words: "Berlin" }];
  const words = { label: "Clock", here: "The clock in {place}", others: "Another place" };
  return h(
    CareForm,
    { operation: "schedule.add_appointment", draft: "zone", offline: false, words: FORM },
    h(ZoneField, { id: "zone", given: "Europe/Berlin", zones, words, looks: {} }),
    h("button", null, "Save"),
  );
}

function Photos() {
  const [shown, setShown] = useState({ months: [], older: "", total: 0 });
  care.show = setShown;
  return h(Gallery, { ...shown, words: { shown: "{n}", more: "Older photos", loading: "Fetching", failed: "Not fetched", video: "" }, looks: {} });
}

function SignIn({ isLast }) {
  return h(
    CareForm,
    { action: "/auth/sign-in", draft: "who", resetAfter: isLast, offline: false, words: FORM },
    h("input", { name: "email", "aria-label": "E-mail" }),
    h("button", null, "Go on"),
  );
}

const FORMS = { signin: () => h(SignIn, { isLast: true }), code: () => h(SignIn, { isLast: false }), settings: Settings, begin: Begin, account: Account, photos: Photos, zone: Zone };

function Heart() {
  const [pressed, setPressed] = useState(false);
  care.setPressed = setPressed;
  const command = { update_id: "u1", on: !pressed };
  return h(
    ActionButton,
    { operation: "journal.react", command, pressed, offline: true, words: BUTTON, looks: {}, "aria-label": "Heart" },
    "♥",
  );
}

function Home() {
  care.navigate = useNavigate();
  const Only = FORMS[useSearchParams()[0].get("form")];
  if (Only) return h(Only);
  const list = { operation: "", match: {}, text: "text", words: WAITING, looks: {}, "aria-label": "Waiting" };
  const bar = { none: "No connection.", seen: "As of {time}.", one: "1 waits.", many: "{n} wait." };
  return h(
    "main",
    null,
    h(Composer),
    h(Invite),
    h(Heart),
    h(ActionButton, { operation: "journal.delete_update", command: { id: "u1" }, about: "Good morning", confirm: "Really?", offline: true, words: BUTTON, looks: {} }, "Delete"),
    h(ActionButton, { operation: "sites.leave", command: {}, leaves: true, next: "/elsewhere", words: BUTTON, looks: {} }, "Move out"),
    h(WaitingList, list),
    h(OfflineBar, { words: bar, "data-bar": "" }),
    h(NotSeen, { words: { ...bar, none: "Not seen." }, "data-not-seen": "" }),
    h(UpdateBar, { words: { ready: "New version", use: "Use it", ask: "Unsaved" }, looks: {} }),
    h(SignOutButton, { words: { ask_one: "1 lost", ask_many: "{n} lost", yes: "Leave", no: "Stay" }, looks: {} }, "Sign out"),
  );
}

const SOS = {
  label: "An SOS",
  ask: "Raise it?",
  yes: "Yes, raise it",
  no: "No",
  sending: "Sending",
  not_sent: "Nobody knows.",
  unsure: "We do not know.",
  waiting: "It is sent later.",
  signin: "Sign in again.",
  refused: "Not accepted.",
  failed: "Not sent.",
  again: "Try again",
  take_back: "Take it back",
  old: "Still needed?",
  send: "Send it now",
  all_clear: "The all-clear",
  happened: "What happened?",
};
const SOS_BAR = { waiting: "SOS: nobody knows.", unsure: "SOS: not known.", refused: "SOS: refused.", drill: "Drill waits.", taking_back: "SOS: taken back?" };

function Sos() {
  care.navigate = useNavigate();
  const kinds = [{ key: "fall", words: "A fall" }];
  const bar = h(UnsentSosBar, { page: "/sos", words: SOS_BAR, "data-sos-bar": "" });
  return h("main", null, bar, h(RaiseButton, { isDrill: false, page: "/alert", kinds, words: SOS, looks: {} }, "SOS"));
}

const Alert = () => h("main", null, h(AlertSeen, { alert: "a1", isNew: true }));

function Elsewhere() {
  care.navigate = useNavigate();
  const words = { refused: "Not accepted", read: "All right" };
  const list = h(RefusedList, { operations: ["journal.delete_update"], match: {}, words, looks: {} });
  const sos = h(UnsentSosBar, { page: "/sos", words: SOS_BAR, "data-sos-bar": "" });
  const bar = h(RefusedBar, { words: { ...WAITING, one: "1 refused", many: "{n} refused", gone: "No longer here" }, looks: {} });
  const comment = { operation: "journal.comment", fixed: { update_id: "u1" }, draft: "comment-u1" };
  const form = h(CareForm, { ...comment, resetAfter: true, offline: true, words: FORM }, h("textarea", { name: "text", "aria-label": "Comment" }));
  const folded = h(Unfold, { ...comment, face: "Comment on it" }, form);
  return h("main", null, "elsewhere", sos, bar, list, folded, h("div", { id: "toasts" }));
}

window.care = {
  ...window.care,
  brief, drafts, outbox, push, seen, store, uploads, who, words, worker };
const routes = h(Routes, null, h(Route, { path: "/elsewhere", element: h(Elsewhere) }), h(Route, { path: "/sos", element: h(Sos) }), h(Route, { path: "/seen", element: h(Alert) }), h(Route, { path: "*", element: h(Home) }));
const root = document.getElementById("root");
if (document.getElementById("page")) hydrateRoot(root, h(BrowserRouter, null, h(Pages)));
else createRoot(root).render(h(BrowserRouter, null, routes));
if (!new URLSearchParams(location.search).has("idle")) outbox.start();
