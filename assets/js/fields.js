/* What a form's fields hold: as a command, as a draft, and back again. */

import { newId } from "./store.js";

const NOT_FIELDS = new Set(["submit", "button", "reset", "image", "file", "fieldset", "output"]);

const fieldsOf = (form) => [...form.elements].filter((field) => field.name && !NOT_FIELDS.has(field.type));

/* The command that the named fields make; `data-type` says what a value is that HTML only knows as text. */
export function commandOf(form, submitter) {
  const command = {};
  for (const field of fieldsOf(form)) if (!field.matches(":disabled")) collect(command, form, field);
  if (submitter?.name) command[submitter.name] = typed(submitter);
  return command;
}

function collect(command, form, field) {
  const { name, type, checked } = field;
  if (type === "radio") {
    command[name] ??= null;
    if (checked) command[name] = typed(field);
  } else if (type === "checkbox" && !isOneOfSeveral(form, field)) command[name] = checked;
  else if (type === "checkbox" || field.dataset.type === "list") {
    command[name] ??= [];
    if (type === "checkbox" ? checked : field.value) command[name].push(field.value);
  } else if (type === "select-multiple") command[name] = Array.from(field.selectedOptions, (option) => option.value);
  else command[name] = typed(field);
}

/* What a person wrote into its fields, for where the form itself is not at hand. */
export const writtenIn = (form) =>
  [...form.querySelectorAll("textarea,input:is([type=text],:not([type]))")].map(({ value }) => value.trim()).filter(Boolean);

const isOneOfSeveral = (form, field) => field.dataset.type === "list" || form.elements[field.name] instanceof RadioNodeList;

function typed(field) {
  const { value, dataset } = field;
  switch (dataset.type) {
    case "number":
      return value.trim() === "" ? null : Number(value);
    case "id":
      return value || (field.value = newId());
    case "json":
      return value ? JSON.parse(value) : null;
    case "bool":
      return value === "true";
    case "optional":
      return value || null;
    default:
      return value;
  }
}

/* Puts a command's values back into the fields. */
export function fill(form, command) {
  for (const field of fieldsOf(form)) {
    if (!(field.name in command)) continue;
    const value = command[field.name];
    if (field.type === "checkbox") set(field, { checked: Array.isArray(value) ? value.includes(field.value) : !!value });
    else if (field.type === "radio") set(field, { checked: String(value) === field.value });
    else if (field.type === "select-multiple") select(field, value ?? []);
    else set(field, { value: field.dataset.type === "json" ? JSON.stringify(value) : String(value ?? "") });
  }
}

/* What the fields hold, to be put back exactly; never a password. */
export function snapshot(form) {
  return fieldsOf(form)
    .filter((field) => field.type !== "password")
    .map((field) => [field.name, isTicked(field) ? { checked: field.checked } : { value: valueOf(field) }]);
}

/* Puts a snapshot back; fields that were touched in the meantime keep what they have. */
export function restore(form, kept) {
  const left = [...kept];
  for (const field of fieldsOf(form)) {
    const at = left.findIndex(([name]) => name === field.name);
    if (at < 0) continue;
    const [[, holds]] = left.splice(at, 1);
    if (!isUntouched(field)) continue;
    if (Array.isArray(holds.value)) select(field, holds.value);
    else set(field, holds);
  }
}

/* Hidden fields have nothing to go back to. */
export function reset(form) {
  form.reset();
  for (const field of fieldsOf(form)) if (field.dataset.type === "id") field.value = "";
}

export const isUntouchedForm = (form) => fieldsOf(form).every(isUntouched);

export function isUntouched(field) {
  if (isTicked(field)) return field.checked === field.defaultChecked;
  if (!field.options) return field.value === field.defaultValue || field.type === "hidden";
  const given = [...field.options].some((option) => option.defaultSelected);
  return [...field.options].every((o, i) => o.selected === (given || field.multiple ? o.defaultSelected : i === 0));
}

export const isTicked = ({ type }) => type === "checkbox" || type === "radio";

function valueOf(field) {
  if (field.type === "select-multiple") return Array.from(field.selectedOptions, (option) => option.value);
  return field.dataset.type === "id" ? typed(field) : field.value;
}

function select(field, values) {
  for (const option of field.options) option.selected = values.includes(option.value);
  tell(field);
}

function set(field, holds) {
  if (Object.entries(holds).every(([name, value]) => field[name] === value)) return;
  Object.assign(field, holds);
  tell(field);
}

/* Growing text areas and the like follow their own events. */
function tell(field) {
  field.dispatchEvent(new Event("input", { bubbles: true }));
}
