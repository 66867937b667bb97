/* Picking photos, videos and documents: seen at once, kept on the device at once, sent later. */

import { createElement as h, useEffect, useRef, useState } from "react";
import { NotSent, useForm } from "./forms.js";
import { limitsOf } from "./limits.js";
import { fitsHere, isDocument, isVideo, said, tooLarge, tooLong, unfit } from "./pick.js";
import { useSite } from "./place.js";
import { dropFiles, keepFile, newId } from "./store.js";

const SHOWN_WIDTH = 480;
const PHOTOS = "image/*,.heic,.heif";
const VIDEOS = "video/*,.mov,.mkv";
const DOCUMENTS = "application/pdf,.pdf";
const WORTH_SAYING = 8 * 1024 * 1024;

export function PhotoPicker({ name, most, isSingle, takesDocuments, limits: usual, there, words, looks, ...rest }) {
  const form = useForm();
  const site = useSite();
  const [photos, setPhotos] = useState(() => sentBefore(there));
  const [problem, setProblem] = useState("");
  const now = useRef(photos); // what the form asks for between two drawings
  const saving = useRef(new Map()); // media id → { done: see take(), abort }
  const isChanged = useRef(false);

  function show(next, isChange = true) {
    setPhotos((now.current = next));
    if (!isChange) return;
    isChanged.current = true;
    form?.changed();
  }

  function edit(id, change) {
    if (!now.current.some((photo) => photo.media_id === id)) return; // taken away in the meantime
    show(now.current.map((photo) => (photo.media_id === id ? { ...photo, ...change } : photo)));
  }

  function pick(event) {
    const files = [...event.target.files];
    event.target.value = "";
    setProblem("");
    const limits = limitsOf(site, usual);
    for (const file of files) {
      const refusal = unfit(file, isSingle ? [] : now.current, { most, isSingle, takesDocuments, words });
      if (refusal) setProblem(refusal);
      else add(file, limits);
    }
  }

  function add(file, limits) {
    if (isSingle) now.current.forEach((photo) => remove(photo.media_id));
    const known = { name: file.name, type: file.type, size: file.size, isVideo: isVideo(file), isDocument: isDocument(file) };
    const photo = { media_id: newId(), ...known, alt: "", preview: "", saved: 0 };
    show([...now.current, photo]);
    const abort = new AbortController();
    saving.current.set(photo.media_id, { done: take(file, photo, limits, abort.signal), abort });
  }

  /* Resolves when it is kept and may be sent, with "", or when it is gone again, with the reason. */
  async function take(file, photo, limits, signal) {
    const id = photo.media_id;
    const leaveOut = (refusal) => {
      if (!refusal || signal.aborted) return "";
      remove(id);
      if (isSingle) keepBefore();
      setProblem(refusal);
      return refusal;
    };
    const refusals = await Promise.all([check(file, id, limits).then(leaveOut), save(file, id, signal).then(leaveOut)]);
    saving.current.delete(id);
    return refusals.find(Boolean) ?? "";
  }

  async function check(file, id, limits) {
    const seconds = draw(file, id).catch(() => 0);
    const known = { limits: await limits, words };
    const before = now.current.slice(0, now.current.findIndex((photo) => photo.media_id === id));
    return tooLarge(file, before, known) || (isVideo(file) ? tooLong(file, await seconds, known) : "");
  }

  /* Its small picture, which a document has none of. Resolves with the seconds of a video. */
  async function draw(file, id) {
    const { seconds, preview } = isVideo(file) ? await looked(file) : { seconds: 0, preview: isDocument(file) ? "" : await smallOf(file) };
    edit(id, preview ? { preview } : { isBlank: true });
    return seconds;
  }

  async function save(file, id, signal) {
    const onProgress = (percent) => file.size > WORTH_SAYING && edit(id, { saved: percent });
    try {
      if (!(await fitsHere(file.size))) throw new Error("no room");
      await keepFile(id, file, { signal, onProgress });
      edit(id, { saved: null });
      return "";
    } catch {
      return said(words.no_room, { name: file.name });
    }
  }

  function remove(id) {
    saving.current.get(id)?.abort.abort();
    saving.current.delete(id);
    show(now.current.filter((photo) => photo.media_id !== id));
    dropFiles([id]).catch(() => {});
  }

  function keepBefore() {
    isChanged.current = false;
    show(sentBefore(there), false);
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
        const isHere = ({ media_id, saved }) => saved == null || saving.current.has(media_id);
        const whole = files.filter(isHere); // a tab may be closed while a video is being kept
        const half = files.find((file) => !whole.includes(file));
        if (half) setProblem(said(words.half, half));
        show(files.length ? whole : sentBefore(there), false);
        isChanged.current = files.length > 0;
      },
      value: async () => {
        while (saving.current.size) {
          const refusals = await Promise.all([...saving.current.values()].map(({ done }) => done));
          if (refusals.some(Boolean)) throw new NotSent();
        }
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
      mark(photo) && h("span", { className: looks.mark }, mark(photo)),
      !isSingle && h("input", {
        className: looks.alt,
        value: photo.alt,
        maxLength: 300,
        placeholder: asked(photo),
        "aria-label": `${asked(photo)}: ${photo.name}`,
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
  const mark = ({ saved, size, isVideo: film }) =>
    saved != null && size > WORTH_SAYING ? said(words.saving, { percent: saved }) : film ? words.video : "";
  const asked = (photo) => (photo.isDocument ? words.describe_document : photo.isVideo ? words.describe_video : words.describe);
  const button = (label, photo, onClick) => ({
    type: "button",
    className: looks.small,
    "aria-label": `${label}: ${photo.name}`,
    title: label,
    onClick,
  });
  const step = (sign, label, photo, by, isEnd) =>
    h("button", { ...button(label, photo, () => move(photo.media_id, by)), disabled: isEnd }, sign);

  const accept = isSingle ? PHOTOS : [PHOTOS, VIDEOS, ...(takesDocuments ? [DOCUMENTS] : [])].join();
  return h(
    "div",
    rest,
    h(
      "label",
      { className: looks.button },
      words.label,
      h("input", { type: "file", name, accept, multiple: most > 1, className: "sr-only", onChange: pick }),
    ),
    photos.length > 0 && h("ul", { className: looks.list }, photos.map(tile)),
    problem && h("p", { role: "alert", className: looks.problem }, problem),
  );
}

async function looked(file) {
  const { look } = await import("./films.js");
  return look(file, SHOWN_WIDTH);
}

async function smallOf(file) {
  const { smaller } = await import("./pictures.js");
  return smaller(file, SHOWN_WIDTH).catch(() => "");
}

/* What an update has already: nothing of them is left to be sent. */
const sentBefore = (there) =>
  (there ?? []).map(({ id, own_alt, alt, is_ready, is_video, is_document, file_name, has_poster }) => ({
    media_id: id,
    name: file_name || alt,
    type: "",
    size: 0,
    alt: own_alt,
    isVideo: is_video,
    isDocument: is_document,
    preview: !is_document && (is_ready || has_poster) ? `/media/${id}/320` : "",
    isBlank: is_document || (!is_ready && !has_poster),
    done: true,
  }));
