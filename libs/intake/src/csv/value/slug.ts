/** A text as a code: `Awaiting User Info` is `awaiting-user-info`. Letters without accent, digits and dashes; two texts may become one. */
export function slug(text: string): string {
  return text.normalize('NFKD').replace(/[\u0300-\u036f]/g, '').replaceAll('ß', 'ss').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '').slice(0, 100);
}

/** A cell inside an id: what an id may not hold, and `%`, is percent-encoded, so that two cells never become one id. */
export function idPart(text: string): string {
  return text.replace(/[%@\s\p{Cc}\p{Zl}\p{Zp}]/gu, (character) => encodeURIComponent(character));
}
