/* Picking photos and videos: seen at once, kept on the device at once, sent later. */

import { createElement as h, useEffect, useRef, useState } from "react";
import { useForm } from "./forms.js";
import { limitsOf } from "./limits.js";
import { fitsHere, isVideo, refused, said, tooLong } from "./pick.js";
import { useSite } from "./place.js";
import { dropFiles, keepFile, newId } from "./store.js";

const SHOWN_WIDTH = 480;
const PHOTOS = "image/*,.heic,.heif";
const VIDEOS = "video/*,.mov,.mkv";
const WORTH_SAYING = 8 * 1024 * 1024;

export function PhotoPicker({ name, most, isSingle, limits: usual, there, words, looks, ...rest }) {
  const form = useForm();
  const site = useSite();
  const [photos, setPhotos] = useState(() => sentBefore(there));
  const [problem, setProblem] = useState("");
  const now = useRef(photos); // what the form asks for between two drawings
  const saving = useRef(new Map()); // media id → { done: a promise, abort }
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
    const limits = await limitsOf(site, usual);
    for (const file of files) {
      if (isSingle && now.current.length) remove(now.current[0].media_id);
      const refusal = refused(file, now.current, { most, isSingle, limits, words });
      if (refusal) setProblem(refusal);
      else if (isVideo(file)) await addVideo(file, limits);
      else preview(file, add(file));
    }
  }

  function add(file, known = {}) {
    const photo = { media_id: newId(), name: file.name, type: file.type, size: file.size, alt: "", preview: "", ...known };
    show([...now.current, photo]);
    const abort = new AbortController();
    saving.current.set(photo.media_id, { done: save(file, photo, abort.signal), abort });
    return photo;
  }

  async function addVideo(file, limits) {
    const { look } = await import("./films.js");
    const { seconds, preview: picture } = await look(file, SHOWN_WIDTH);
    const refusal = tooLong(file, seconds, { limits, words });
    if (refusal) return setProblem(refusal);
    add(file, { isVideo: true, ...(picture ? { preview: picture } : { isBlank: true }) });
  }

  async function save(file, { media_id, name: called }, signal) {
    const onProgress = (percent) => file.size > WORTH_SAYING && edit(media_id, { saved: percent < 100 ? percent : null });
    try {
      if (!(await fitsHere(file.size))) throw new Error("no room");
      await keepFile(media_id, file, { signal, onProgress });
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
    saving.current.get(id)?.abort.abort();
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
        const whole = files.filter(({ saved }) => saved == null); // a tab may be closed while a video is being kept
        const half = files.find((file) => !whole.includes(file));
        if (half) setProblem(said(words.half, half));
        show(files.length ? whole : sentBefore(there), false);
        isChanged.current = files.length > 0;
      },
      value: async () => {
        await Promise.all(now.current.map((photo) => saving.current.get(photo.media_id)?.done));
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
        placeholder: photo.isVideo ? words.describe_video : words.describe,
        "aria-label": `${photo.isVideo ? words.describe_video : words.describe}: ${photo.name}`,
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
  const mark = ({ saved, isVideo: film }) => (saved != null ? said(words.saving, { percent: saved }) : film ? words.video : "");
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
      h("input", { type: "file", accept: isSingle ? PHOTOS : `${PHOTOS},${VIDEOS}`, multiple: most > 1, className: "sr-only", onChange: pick }),
    ),
    photos.length > 0 && h("ul", { className: looks.list }, photos.map(tile)),
    problem && h("p", { role: "alert", className: looks.problem }, problem),
  );
}

/* Photos and videos that an update has already: nothing of them is left to be sent. */
const sentBefore = (there) =>
  (there ?? []).map(({ id, own_alt, alt, is_ready, is_video, has_poster }) => ({
    media_id: id,
    name: alt,
    type: "",
    size: 0,
    alt: own_alt,
    isVideo: is_video,
    preview: is_ready || has_poster ? `/media/${id}/320` : "",
    isBlank: !is_ready && !has_poster,
    done: true,
  }));
