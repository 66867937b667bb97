/* What was taken without a connection, and somebody else was quicker: said kindly, until it was read. */

import { createElement as h } from "react";
import { useWaiting } from "./hooks.js";
import { discard } from "./outbox.js";
import { useSite } from "./place.js";

export function Quicker({ operation, words, looks, ...rest }) {
  const refused = useWaiting(operation, null, useSite()).filter(({ state }) => state === "refused");
  const item = ({ seq, op_id, words: why }) =>
    h(
      "li",
      { key: op_id, className: looks.item },
      h("p", { role: "alert", className: looks.words }, why || words.refused),
      h("button", { type: "button", className: looks.button, onClick: () => discard(seq) }, words.read),
    );
  return refused.length ? h("ul", rest, refused.map(item)) : null;
}
