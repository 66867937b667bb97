/* Forms that are commands. */

import { createContext, createElement as h, useContext, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { useNavigate } from "react-router";
import { Draft, toEdit } from "./drafts.js";
import { commandOf, writtenIn } from "./fields.js";
import { keep, outcomeOf, sendNow, take } from "./outbox.js";
import { said } from "./pick.js";
import { useHere, useSite } from "./place.js";
import { forgetSeen } from "./seen.js";
import { newId } from "./store.js";
import { ask } from "./uploads.js";
import { belongsTo, whoIsHere } from "./who.js";
import { isSpoken, speak } from "./words.js";

const PATIENCE = 1500;
const NOTE_SHOWN = 4000;

const Form = createContext(null);

/* Thrown by a part's `value()` when something of it cannot be sent, which the part itself has said. */
export class NotSent extends Error {}

/* For parts of a form: `register(name, part)`, `changed()`, its `draft`, and what was refused. */
export const useForm = () => useContext(Form);

const after = (ms, value) => new Promise((resolve) => setTimeout(resolve, ms, value));

export function CareForm(props) {
  const { operation, fixed, next, behind, draft: name, label, resetAfter, offline, anew, action, words, onAnswer, ...others } = props;
  const { children, ...rest } = others;
  const [draft] = useState(() => new Draft());
  const [ref] = useState(() => (element) => void (draft.form = element));
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState(null);
  const [note, setNote] = useState("");
  const once = useRef({ busy: false, body: "", op_id: "" });
  const site = useSite() || null;
  const page = useHere();
  const navigate = useNavigate();
  draft.describe({ site, name, isSecret: !!action });

  async function submit(event) {
    event.preventDefault();
    event.stopPropagation();
    if (once.current.busy) return;
    once.current.busy = true;
    draft.leave();
    setBusy(true);
    setProblem(null);
    try {
      await (action ? postForm : sendCommand)(event.nativeEvent.submitter);
    } catch (error) {
      if (!(error instanceof NotSent)) {
        console.error(error);
        setProblem({ words: words.failed });
      }
    }
    once.current.busy = false;
    draft.stay();
    setBusy(false);
  }

  async function sendCommand(submitter) {
    const command = { ...commandOf(draft.form, submitter), ...fixed };
    for (const [part, made] of draft.parts) command[part] = await made.value();
    const { files } = draft;
    const written = writtenIn(draft.form);
    const kept = { site, command, files, label, written, page, draft: draft.key };
    const entry = offline && (await keep(operation, kept).catch(() => null));
    if (!entry) return settle(await sendOnce({ site, command }, files), command);
    if (resetAfter && !next) return void follow(entry); // it waits in the list, so the form is free
    return settle(await Promise.race([follow(entry), after(files.length ? 0 : PATIENCE, { waiting: true })]));
  }

  /* The same content sent again, after an answer was lost, is the same act. */
  async function sendOnce(wanted, files) {
    const body = JSON.stringify(wanted);
    if (once.current.body !== body) Object.assign(once.current, { body, op_id: newId() });
    const sayHowFar = (percent) => setNote(said(words.percent, { percent }));
    const result = await sendNow(operation, { ...wanted, files, op_id: once.current.op_id }, sayHowFar);
    setNote("");
    return result;
  }

  /* Waits for what becomes of a kept entry; a refusal gives it back to the form, if that was not changed since. */
  async function follow(entry) {
    const { changes, content } = draft;
    draft.done(resetAfter && !next);
    const result = await outcomeOf(entry);
    if (result.ok) onAnswer?.(result.answer);
    if (!result.refused || !draft.form || draft.changes !== changes) return { ...result, refused: undefined };
    draft.putBack(content);
    refuse(result);
    await draft.save();
    await take(entry.seq);
    return { shown: true };
  }

  async function settle(result, command) {
    if (result.shown || result.discarded) return;
    if (result.refused) return void refuse(result);
    if (result.offline) return void setProblem({ words: words.offline });
    if (!offline) {
      await draft.drop();
      draft.done(resetAfter);
      onAnswer?.(result.answer);
    }
    if (anew && !isSpoken(command)) return speak(command, next);
    if (behind && result.answer) history.replaceState(history.state, "", filled(behind, result.answer));
    if (next) return void navigate(filled(next, result.answer));
    setNote(result.waiting ? words.waiting : words.done);
    setTimeout(setNote, NOTE_SHOWN, "");
  }

  function refuse(result) {
    setProblem({ ...result, words: result.words || words.failed, isNew: true });
  }

  async function postForm(submitter) {
    const body = new FormData(draft.form, submitter);
    try {
      const answer = await ask(action, { method: "POST", body, headers: { Accept: "application/json" } });
      const { next: place = "" } = await answer.json();
      if (resetAfter) await draft.drop();
      await forgetSeen(); // whoever signs in now may be someone else
      await belongsTo(whoIsHere()).catch(() => {});
      location.assign(/^\/(?!\/)/.test(place) ? place : "/");
      await new Promise(() => {});
    } catch (error) {
      if (error.status === undefined) throw error;
      if (error.status) refuse(error.problem);
      else setProblem({ words: words.offline });
    }
  }

  /* Whether an entry was written here: in this form, about the same. */
  const isMeant = (entry) => entry.operation === operation && entry.site === site && has(entry.command, fixed);

  function changed(event) {
    draft.changed();
    const { name: field } = event?.target ?? {};
    if (problem?.fields?.[field]) setProblem({ ...problem, isNew: false, fields: { ...problem.fields, [field]: "" } });
  }

  useEffect(() => {
    let isHere = true;
    (async () => {
      const entry = await toEdit(isMeant);
      const kept = entry ?? (await draft.kept());
      if (!isHere || !kept || !(entry || draft.isEmpty)) return;
      draft.putBack(kept);
      if (entry) await draft.save().then(() => take(entry.seq));
    })().finally(draft.sayBack);
    return () => (isHere = false);
  }, [draft, draft.key, operation]);

  useEffect(() => {
    const onEdit = (event) => {
      const entry = event.detail;
      if (!draft.isEmpty || !isMeant(entry)) return;
      event.preventDefault();
      draft.putBack(entry);
      refuse(entry);
      draft.save().then(() => take(entry.seq));
    };
    addEventListener("careapp:edit", onEdit);
    return () => removeEventListener("careapp:edit", onEdit);
  });

  useLayoutEffect(() => {
    const save = () => draft.saveNow();
    const warn = (event) => !draft.key && draft.isUnsaved && event.preventDefault();
    document.addEventListener("visibilitychange", save);
    addEventListener("pagehide", save);
    addEventListener("beforeunload", warn);
    return () => {
      document.removeEventListener("visibilitychange", save);
      removeEventListener("pagehide", save);
      removeEventListener("beforeunload", warn);
      draft.left();
    };
  }, [draft]);

  useEffect(() => markFields(draft.form, problem), [draft, problem]);

  const context = useMemo(() => {
    const register = (part, made) => (draft.parts.set(part, made), () => draft.parts.delete(part));
    return { problem, note, register, changed: () => draft.changed(), draft };
  }, [draft, problem, note]);
  return h(
    Form.Provider,
    { value: context },
    h("form", { ...rest, ref, onSubmit: submit, onInput: changed, "aria-busy": busy || undefined }, children),
  );
}

const has = (command, fixed) =>
  Object.entries(fixed ?? {}).every(([name, value]) => JSON.stringify(command[name]) === JSON.stringify(value));

export const filled = (address, answer) =>
  address.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(answer?.[name] ?? ""));

/* Marks refused fields for eyes and screen readers; goes to the first when the refusal is new. */
function markFields(form, problem) {
  let first;
  for (const field of form?.elements ?? []) {
    if (!field.name || field.type === "hidden") continue;
    const isWrong = !!wordsFor(problem, field.name);
    const error = `error-${field.name}`;
    const described = (field.getAttribute("aria-describedby") ?? "").split(" ").filter((id) => id && id !== error);
    setOrRemove(field, "aria-describedby", [...described, ...(isWrong ? [error] : [])].join(" "));
    setOrRemove(field, "aria-invalid", isWrong ? "true" : "");
    if (isWrong) first ??= field;
  }
  if (problem?.isNew) first?.focus();
}

const setOrRemove = (element, name, value) => (value ? element.setAttribute(name, value) : element.removeAttribute(name));

/* The words about a field, or about something within it: "photos.0.alt" belongs to "photos". */
function wordsFor(problem, name) {
  const found = Object.entries(problem?.fields ?? {}).find(([path]) => path === name || path.startsWith(`${name}.`));
  return found?.[1];
}

export function FieldError({ name, ...rest }) {
  const words = wordsFor(useForm()?.problem, name);
  return words ? h("p", { ...rest, id: `error-${name}`, role: "alert" }, words) : null;
}

export function FormWords({ noteClass, ...rest }) {
  const { problem, note } = useForm() ?? {};
  if (problem?.words) return h("p", { ...rest, role: "alert" }, problem.words);
  return note ? h("p", { className: noteClass, role: "status" }, note) : null;
}
