// Sheets, menus, password eyes and toasts, for every page at once.
//
// Sheets open by the browser's own commands before this has loaded, where it knows them. One listener each on the document
// serves the rest, in what React drew and in what the server painted into a shadow root. What an element does is said by its attributes: `data-opens="<id of a dialog>"`,
// `data-closes`, `data-reveals="<id of a password field>"`, `data-skips="<id to go on from>"`, `data-menu` on a <details>,
// `data-photo` on a link to one, `data-prints` on what prints the page.

import { createElement } from "react";

const TOAST_MS = 5000;

/** Where toasts appear. The frame draws it once, and with it comes this module. */
export function Toasts({ className }) {
  return createElement("div", { id: "toasts", role: "status", "aria-live": "polite", "data-chrome": "", className });
}

/** Say something that needs no answer. It disappears after five seconds, and screen readers hear it. */
export function toast(words) {
  const place = document.getElementById("toasts");
  if (!place) return;
  const said = document.createElement("p");
  said.textContent = words;
  place.append(said);
  setTimeout(() => said.remove(), TOAST_MS);
}

/** Open the dialog with this id, in the document or in the painted rows around `near`. */
export function open(id, near = document.body) {
  const dialog = near.getRootNode().getElementById(id) ?? document.getElementById(id);
  if (dialog && !dialog.open) dialog.showModal();
}

/** Close the dialog around an element. */
export function close(element) {
  element.closest("dialog")?.close();
}

function onClick(event) {
  const path = event.composedPath().filter((node) => node instanceof Element);
  const find = (attribute) => path.find((node) => node.hasAttribute(attribute));
  closeMenusOutside(path);
  if (path[0] instanceof HTMLDialogElement && isBeside(event, path[0])) path[0].close();
  const closer = find("data-closes");
  if (closer && !commandsItself(closer)) close(closer);
  const opener = find("data-opens");
  if (opener && !commandsItself(opener)) open(opener.dataset.opens, opener);
  const eye = find("data-reveals");
  if (eye) reveal(eye);
  const skip = find("data-skips");
  if (skip) skipTo(event, skip);
  const photo = find("data-photo");
  if (photo && isPlain(event)) showPhoto(event, photo);
  if (find("data-prints")) print();
}

/** Whether the browser obeys the button's own `command`. */
function commandsItself(button) {
  return "commandForElement" in HTMLButtonElement.prototype && button.hasAttribute("commandfor");
}

/** A click on the dim ground around a dialog lands on the dialog itself, outside its box. */
function isBeside(event, dialog) {
  const box = dialog.getBoundingClientRect();
  const inside = event.clientX >= box.left && event.clientX <= box.right && event.clientY >= box.top && event.clientY <= box.bottom;
  return !inside && event.detail > 0;
}

function isPlain(event) {
  return event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
}

function reveal(eye) {
  const field = eye.getRootNode().getElementById(eye.dataset.reveals);
  const isShown = field.type === "text";
  field.type = isShown ? "password" : "text";
  eye.setAttribute("aria-pressed", String(!isShown));
}

/** An address with # finds nothing inside a shadow root. */
function skipTo(event, link) {
  event.preventDefault();
  link.getRootNode().getElementById(link.dataset.skips)?.focus();
}

/** The viewer's code is fetched by the first photo; if that fails the link opens the photo itself. */
function showPhoto(event, photo) {
  event.preventDefault();
  import("./viewer.js").then(
    ({ show }) => show(photo),
    () => window.open(photo.href, "_self"),
  );
}

function closeMenusOutside(path) {
  const root = path[0]?.getRootNode() ?? document;
  for (const menu of root.querySelectorAll("details[data-menu][open]")) {
    const summary = menu.querySelector("summary");
    const isInItems = path.includes(menu) && !path.includes(summary);
    if (!path.includes(menu) || isInItems) menu.open = false;
  }
}

function onKey(event) {
  if (event.key !== "Escape") return;
  const menu = event.composedPath()[0]?.closest?.("details[data-menu][open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
}

if (typeof document !== "undefined") {
  document.addEventListener("click", onClick);
  document.addEventListener("keydown", onKey);
}
