/* Photos: smaller before they travel, shown before they are sent, refused beside the file. */
const LONG_EDGE_PIXELS = 2048;
const QUALITY = 0.85;

async function smaller(file) {
  if (!/^image\/(jpeg|png|webp)$/.test(file.type)) return file;
  const picture = await createImageBitmap(file).catch(() => null);
  const scale = picture ? Math.min(1, LONG_EDGE_PIXELS / Math.max(picture.width, picture.height)) : 1;
  if (!picture || scale === 1) return file;
  const canvas = new OffscreenCanvas(picture.width * scale, picture.height * scale);
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  const blob = await canvas.convertToBlob({ type: "image/jpeg", quality: QUALITY });
  return new File([blob], file.name.replace(/\.\w+$/, ".jpg"), { type: "image/jpeg" });
}

function list(input, files) {
  const place = document.getElementById(input.dataset.photos);
  if (!place) return;
  place.replaceChildren(...files.map((file) => {
    const row = document.createElement("li");
    row.textContent = `${file.name} · ${Math.ceil(file.size / 1024).toLocaleString("ko-KR")} kB`;
    return row;
  }));
}

document.addEventListener("change", async ({ target: input }) => {
  if (!input.dataset?.photos) return;
  const files = await Promise.all([...input.files].map(smaller));
  const holder = new DataTransfer();
  files.forEach((file) => holder.items.add(file));
  input.files = holder.files;
  list(input, files);
});
