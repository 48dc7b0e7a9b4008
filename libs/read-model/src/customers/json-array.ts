/** The type `json` in PostgreSQL's catalogue. */
const JSON_OID = 114;
const WORD = 4;

/** JSON texts as a parameter of type `json[]` in PostgreSQL's binary form: as text each would be searched for quotes, here and by the server. */
export function jsonArray(texts: readonly string[]): Buffer {
  const lengths = texts.map((text) => Buffer.byteLength(text));
  // One dimension, nothing null, of this type, so many, counted from 1.
  const head = [1, 0, JSON_OID, texts.length, 1];
  const buffer = Buffer.allocUnsafe(lengths.reduce((sum, length) => sum + WORD + length, WORD * head.length));
  let at = 0;
  for (const word of head) at = buffer.writeInt32BE(word, at);
  for (const [place, text] of texts.entries()) {
    at = buffer.writeInt32BE(lengths[place]!, at);
    at += buffer.write(text, at);
  }
  return buffer;
}
