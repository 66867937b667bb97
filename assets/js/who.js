/* Whose device this is just now. Pages know by a cookie; the worker, which sees none, by the mark that they leave. */

import { read, write } from "./store.js";

/* The account that is signed in, as its own page knows it. */
export const whoIsHere = () =>
  typeof document === "undefined" ? "" : (document.cookie.match(/(?:^|; )who=([^;]*)/)?.[1] ?? "");

/* What is kept from now on belongs to this account: another one who signs in on this device neither sees nor sends it. */
export const belongsTo = (who) => write("marks", who, "who");

export const account = async () => whoIsHere() || ((await read("marks", "who")) ?? "");
