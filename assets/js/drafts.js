/* What a form holds while it is written: kept on the device with every keystroke, and known as unsaved. */

import { fill, isUntouchedForm, reset, restore, snapshot } from "./fields.js";
import { erase, read, write } from "./store.js";
import { whoIsHere } from "./who.js";

const AUTOSAVE = 250;
const EDIT = "edit";
const unsaved = new Set();

/* Whether some form on this page holds what was not sent yet. */
export const isDirty = () => unsaved.size > 0;

/* Under what a draft is kept: the next who signs in on this device begins with an empty form. */
export const draftKey = (site, name) => `@${whoIsHere()}/${site ?? ""}/${name}`;

export class Draft {
  /* Its fields, and its `parts`, such as a photo picker: {files(), value(), restore(files)}. */
  form = null;
  parts = new Map();
  changes = 0; // how often a person changed it
  /* Resolves when what was kept of it is back in its fields. */
  isBack = new Promise((resolve) => (this.sayBack = resolve));
  #timer = 0;
  #isRestoring = false;
  #isLeaving = false;

  /* Without a name nothing is kept. What is `secret` is not even known as unsaved. */
  describe({ site, name, isSecret }) {
    Object.assign(this, { site, isSecret, key: name ? draftKey(site, name) : undefined });
  }

  get files() {
    return [...this.parts.values()].flatMap((part) => part.files());
  }

  get isEmpty() {
    return isUntouchedForm(this.form) && !this.files.length;
  }

  get isUnsaved() {
    return unsaved.has(this);
  }

  get content() {
    return { site: this.site, who: whoIsHere(), fields: snapshot(this.form), files: this.files };
  }

  changed() {
    if (this.#isRestoring) return;
    this.changes++;
    if (!this.isSecret) unsaved.add(this);
    if (this.key && !this.#timer) this.#timer = setTimeout(() => this.save(), AUTOSAVE);
  }

  /* Resolves with whether it is kept now. */
  async save() {
    this.#stopTimer();
    if (!this.key || !this.form || this.#isLeaving) return false;
    if (this.isEmpty) return this.drop().then(() => true);
    return write("drafts", this.content, this.key).then(
      () => true,
      () => false,
    );
  }

  saveNow() {
    if (this.#timer) this.save();
  }

  async drop() {
    this.#stopTimer();
    unsaved.delete(this);
    if (this.key) await erase("drafts", this.key).catch(() => {});
  }

  /* What is being sent is not kept as a draft at the same time, or it would be there twice. */
  leave() {
    this.#stopTimer();
    this.#isLeaving = true;
  }

  stay() {
    this.#isLeaving = false;
    if (this.form && this.isUnsaved) this.save();
  }

  /* Sent: nothing is unsaved any more, and the form starts anew if it should. */
  done(isReset) {
    this.#stopTimer();
    this.#isLeaving = false;
    unsaved.delete(this);
    if (isReset && this.form) this.#quietly(() => reset(this.form), []);
  }

  /* Shows what was kept of a form, or the command of an entry that is edited again; a folded form unfolds for it. */
  putBack({ fields, command, files = [] }) {
    this.#quietly(() => (command ? fill(this.form, command) : restore(this.form, fields)), files);
    if (this.isEmpty) return;
    if (!this.isSecret) unsaved.add(this);
    const folded = this.form.closest("details");
    if (folded) folded.open = true;
  }

  /* Puts a text at the end of a field, and files behind those of a part, as if its person had. */
  add(name, text, part, files) {
    const field = this.form.elements[name];
    if (text) field.value = [field.value.trimEnd(), text].filter(Boolean).join("\n\n");
    if (text) field.dispatchEvent(new Event("input", { bubbles: true }));
    const picker = this.parts.get(part);
    if (files.length) picker.restore([...picker.files(), ...files]);
    this.changed();
  }

  kept() {
    return this.key ? read("drafts", this.key).catch(() => undefined) : undefined;
  }

  left() {
    this.saveNow();
    unsaved.delete(this);
  }

  #quietly(change, files) {
    this.#isRestoring = true;
    change();
    for (const part of this.parts.values()) part.restore(files);
    this.#isRestoring = false;
  }

  #stopTimer() {
    clearTimeout(this.#timer);
    this.#timer = 0;
  }
}

/* Hands a refused entry to a form of this page, which takes it by preventing the event's default. */
export const edit = (entry) => !dispatchEvent(new CustomEvent("careapp:edit", { detail: entry, cancelable: true }));

/* … or to the form of the page that is opened next. */
export const editLater = (entry) => sessionStorage.setItem(EDIT, String(entry.seq));

/* What waits for a form of this page to take it. */
export async function wanted() {
  const seq = Number(sessionStorage.getItem(EDIT));
  return seq ? read("outbox", seq) : undefined;
}

export async function toEdit(isMeant) {
  const entry = await wanted();
  if (!entry || !isMeant(entry)) return undefined;
  sessionStorage.removeItem(EDIT);
  return entry;
}
