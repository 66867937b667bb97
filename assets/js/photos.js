/* Picking photos: seen at once, kept on the device at once, sent later. */

import { createElement as h, useEffect, useRef, useState } from "react";
import { useForm } from "./forms.js";
import { dropFiles, keepFile, newId } from "./store.js";

const PHOTO = /^image\/|\.(jpe?g|png|webp|gif|heic|heif|avif|tiff?|bmp)$/i;
const VIDEO = /^video\/|\.(mov|mp4|m4v|webm|3gp|mkv|avi)$/i;
const SHOWN_WIDTH = 480;

const said = (words, params) => words.replace(/\{(\w+)\}/g, (whole, name) => params[name] ?? whole);

export function PhotoPicker({ name, most, isSingle, maxBytes, there, words, looks, ...rest }) {
  const form = useForm();
  const [photos, setPhotos] = useState(() => sentBefore(there));
  const [problem, setProblem] = useState("");
  const now = useRef(photos); // what the form asks for between two drawings
  const saving = useRef(new Map());
  const isChanged = useRef(false);

  function show(next, isChange = true) {
    setPhotos((now.current = next));
    if (!isChange) return;
    isChanged.current = true;
    form?.changed();
  }

  const edit = (id, change) =>
    show(now.current.map((photo) => (photo.media_id === id ? { ...photo, ...change } : photo)));

  async function pick(event) {
    const files = [...event.target.files];
    event.target.value = "";
    setProblem("");
    for (const file of files) {
      if (isSingle && now.current.length) remove(now.current[0].media_id);
      const refusal = refused(file, now.current.length, { most, maxBytes, words });
      if (refusal) setProblem(refusal);
      else add(file);
    }
  }

  function add(file) {
    const photo = { media_id: newId(), name: file.name, type: file.type, size: file.size, alt: "", preview: "" };
    show([...now.current, photo]);
    saving.current.set(photo.media_id, save(file, photo));
    preview(file, photo);
  }

  async function save(file, { media_id, name: called }) {
    try {
      await keepFile(media_id, file);
    } catch {
      remove(media_id);
      setProblem(said(words.no_room, { name: called }));
    }
  }

  async function preview(file, { media_id }) {
    const { smaller } = await import("./pictures.js");
    const picture = await smaller(file, SHOWN_WIDTH).catch(() => "");
    edit(media_id, picture ? { preview: picture } : { isBlank: true });
  }

  function remove(id) {
    show(now.current.filter((photo) => photo.media_id !== id));
    dropFiles([id]).catch(() => {});
  }

  function move(id, by) {
    const next = [...now.current];
    const at = next.findIndex((photo) => photo.media_id === id);
    if (!next[at + by]) return;
    [next[at], next[at + by]] = [next[at + by], next[at]];
    show(next);
  }

  const given = JSON.stringify(there ?? []);
  useEffect(() => {
    if (!isChanged.current) show(sentBefore(JSON.parse(given)), false);
  }, [given]);

  useEffect(() =>
    form?.register(name, {
      files: () => (isChanged.current ? now.current : []),
      restore: (files) => {
        show(files.length ? files : sentBefore(there), false);
        isChanged.current = files.length > 0;
      },
      value: async () => {
        await Promise.all(now.current.map((photo) => saving.current.get(photo.media_id)));
        if (isSingle) return isChanged.current ? (now.current[0]?.media_id ?? "") : null;
        return now.current.map(({ media_id, alt }) => ({ media_id, alt: alt.trim() }));
      },
    }),
  );

  const tile = (photo, index) =>
    h(
      "li",
      { key: photo.media_id, className: looks.tile },
      photo.preview
        ? h("img", { src: photo.preview, alt: photo.alt, className: looks.picture })
        : h("span", { className: looks.blank, "aria-busy": !photo.isBlank || undefined }, photo.name),
      !isSingle && h("input", {
        className: looks.alt,
        value: photo.alt,
        maxLength: 300,
        placeholder: words.describe,
        "aria-label": `${words.describe}: ${photo.name}`,
        onChange: (event) => edit(photo.media_id, { alt: event.target.value }),
        onKeyDown: (event) => event.key === "Enter" && event.preventDefault(),
      }),
      h(
        "div",
        { className: looks.row },
        !isSingle && step("←", words.earlier, photo, -1, index === 0),
        h("button", button(words.remove, photo, () => remove(photo.media_id)), "×"),
        !isSingle && step("→", words.later, photo, 1, index === photos.length - 1),
      ),
    );
  const button = (label, photo, onClick) => ({
    type: "button",
    className: looks.small,
    "aria-label": `${label}: ${photo.name}`,
    title: label,
    onClick,
  });
  const step = (sign, label, photo, by, isEnd) =>
    h("button", { ...button(label, photo, () => move(photo.media_id, by)), disabled: isEnd }, sign);

  return h(
    "div",
    rest,
    h(
      "label",
      { className: looks.button },
      words.label,
      h("input", { type: "file", accept: "image/*,.heic,.heif", multiple: most > 1, className: "sr-only", onChange: pick }),
    ),
    photos.length > 0 && h("ul", { className: looks.list }, photos.map(tile)),
    problem && h("p", { role: "alert", className: looks.problem }, problem),
  );
}

/* Photos that an update has already: nothing of them is left to be sent. */
const sentBefore = (there) =>
  (there ?? []).map(({ id, own_alt, alt, is_ready }) => ({
    media_id: id,
    name: alt,
    type: "",
    size: 0,
    alt: own_alt,
    preview: is_ready ? `/media/${id}/320` : "",
    isBlank: !is_ready,
    done: true,
  }));

/* Why a file cannot be added, in words; empty when it can. */
function refused({ name, type, size }, count, { most, maxBytes, words }) {
  const is = (pattern) => pattern.test(type) || pattern.test(name);
  if (is(VIDEO)) return said(words.no_video, { name });
  if (!is(PHOTO) || !size) return said(words.no_photo, { name });
  if (size > maxBytes) return said(words.too_large, { name });
  return count >= most ? said(words.too_many, { most }) : "";
}
