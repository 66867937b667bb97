/* Two pages as Reflex makes them: rows from a store, which an answer of the server fills. */

import { Fragment, createElement as h, useContext, useState, useSyncExternalStore } from "react";
import { Link, Route, Routes } from "react-router";
import env from "$/env.json";
import { StateStoreContext, registerApp } from "$/utils/context-registry";
import { OfflineBar, SignOutButton, UpdateBar } from "../../assets/js/bars.js";
import { KeepPage } from "../../assets/js/keep.js";
import { Live } from "../../assets/js/live.js";
import { LastView, Later, useSeenAt } from "../../assets/js/view.js";
import { useWhen, useWords } from "../../assets/js/words.js";

const BLANK = { view_rx_state_: { rows: [] }, is_loaded_rx_state_: false, refusal_rx_state_: { code: "" } };
const initialState = { "state.today": BLANK, "state.journal": BLANK };

function makeStore() {
  const state = { ...initialState };
  const listeners = new Set();
  const take = (name) => (delta) => {
    state[name] = { ...state[name], ...delta };
    listeners.forEach((listener) => listener());
  };
  const dispatchers = Object.fromEntries(Object.keys(state).map((name) => [name, take(name)]));
  return { dispatchers, getSnapshot: (name) => state[name], subscribe: (_, l) => (listeners.add(l), () => listeners.delete(l)) };
}

function PageOf({ name }) {
  const store = useContext(StateStoreContext);
  const held = useSyncExternalStore((l) => store.subscribe(name, l), () => store.getSnapshot(name), () => BLANK);
  const [reloads, setReloads] = useState(0);
  const words = useWords();
  const when = useWhen();
  care.reloads = reloads;
  const rows = held.is_loaded_rx_state_ && [
    h("h1", { key: "name" }, name),
    ...held.view_rx_state_.rows.map((row) => h("p", { key: row }, row)),
    h("input", { key: "note", "aria-label": "Note", defaultValue: "" }),
    h("select", { key: "language", "aria-label": "Language", defaultValue: "en" }, ...["en", "es"].map((code) => h("option", { key: code }, code))),
    h("p", { key: "words", id: "words" }, words("Save", {}), " ", words("{n} hug", { n: 3 }, "{n} hugs")),
    h("time", { key: "when" }, when("2026-03-01T14:05:00Z", "day")),
    h(Link, { key: "to", to: "/journal?site=rose" }, "Journal"),
  ];
  return h(
    Fragment,
    null,
    h(LastView, { state: name }),
    name === "state.today" && h(KeepPage, { path: "/journal" }),
    h(Live, { site: "rose", onChange: () => setReloads((n) => n + 1) }),
    h("div", { id: "page" }, rows && h(Later, { skeleton: null }, ...rows)),
    h(Seen),
  );
}

function Seen() {
  const seen = useSeenAt();
  return h(
    Fragment,
    null,
    seen && h("p", { id: "seen" }, seen),
    h(OfflineBar, { words: { none: "No connection.", seen: "As of {time}.", one: "", many: "" }, "data-bar": "" }),
    seen && h(SignOutButton, { words: { ask_one: "", ask_many: "{n} lost", yes: "Leave", no: "Stay" }, looks: {} }, "Sign out"),
    h(UpdateBar, { words: { ready: "New version", use: "Use it", ask: "Unsaved" }, looks: {} }),
  );
}

const store = makeStore();
registerApp({ initialState });
window.care = {
  build: env.BUILD ?? null,
  store: undefined,
  answer: (name, rows, asOf = 0) =>
    store.dispatchers[name]({ view_rx_state_: { rows }, is_loaded_rx_state_: true, as_of_rx_state_: asOf }),
  refuse: (name, code) => store.dispatchers[name]({ refusal_rx_state_: { code } }),
  blank: (name) => store.dispatchers[name](BLANK),
};

export function Pages() {
  const of = (name) => h(PageOf, { name: `state.${name}`, key: name });
  return h(
    StateStoreContext.Provider,
    { value: store },
    h(
      Routes,
      null,
      h(Route, { path: "/today", element: of("today") }),
      h(Route, { path: "/journal", element: of("journal") }),
      h(Route, { path: "*", element: h("p", null, "elsewhere") }),
    ),
  );
}
