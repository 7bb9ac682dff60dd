/* How long a text message is, by the same rules as the server's sms_bytes: one Unicode form, simple signs,
   □ for what a phone cannot show. The browser's euc-kr decoder is exactly that code page (CP949). */
const SIGNS = {
  "\u00a0": " ", "\u2011": "-", "\u2012": "-", "\u2013": "-", "\u2014": "-",
  "\u2022": "·", "\u2212": "-", "\u30fb": "·", "\u20a9": "원",
};
let known = null;

function table() {
  if (known) return known;
  const pairs = [];
  for (let lead = 0x81; lead < 0xff; lead += 1) {
    for (let trail = 0x41; trail < 0xff; trail += 1) pairs.push(lead, trail, 10);
  }
  const read = new TextDecoder("euc-kr").decode(new Uint8Array(pairs)).split("\n");
  known = new Set(read.filter((letter) => letter.length === 1 && letter !== "\ufffd"));
  return known;
}
const isAscii = (letter) => letter.codePointAt(0) < 128;
const isCarried = (letter) => isAscii(letter) || table().has(letter);
const isInvisible = (letter) => /[\p{Cf}\p{Mn}\p{Me}]/u.test(letter);
const simple = (text) =>
  [...text.normalize("NFC")].map((letter) => SIGNS[letter] ?? letter).join("").replace(/\r\n/g, "\n");

export function smsBytes(text) {
  let sum = 0;
  for (const letter of simple(text)) {
    if (isAscii(letter)) sum += 1;
    else if (isCarried(letter) || !isInvisible(letter)) sum += 2;
  }
  return sum;
}
export const unsendable = (text) => [...new Set(simple(text))].filter((letter) => !isCarried(letter));
