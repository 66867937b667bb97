/* Small pictures of large photos, made on the device. */

/* A data: address of the photo at most `width` wide, the right way up. Rejects what the browser cannot decode. */
export async function smaller(file, width) {
  const bitmap = await decoded(file, width);
  try {
    return await written(bitmap);
  } finally {
    bitmap.close();
  }
}

async function decoded(file, width) {
  const size = await createImageBitmap(file).then((whole) => {
    const found = Math.min(width, whole.width);
    whole.close();
    return found;
  });
  return createImageBitmap(file, { resizeWidth: size, resizeQuality: "medium", imageOrientation: "from-image" });
}

async function written(bitmap) {
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width: bitmap.width, height: bitmap.height });
  canvas.getContext("2d").drawImage(bitmap, 0, 0);
  const webp = canvas.toDataURL("image/webp", 0.7); // Safari has no WebP encoder and gives a PNG
  return webp.startsWith("data:image/webp") ? webp : canvas.toDataURL("image/jpeg", 0.7);
}
