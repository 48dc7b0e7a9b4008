/**
 * A source as CloudEvents want it, a URI-reference. What is one already, as nearly all are, is left as it is;
 * of others each character that may not stand there is percent-encoded, so that decoding gives the source back.
 */
export function uriReference(source: string): string {
  return isUriReference(source) ? source : encodeURIComponent(source).replaceAll('%2F', '/');
}

const PLAIN = /^(?:[A-Za-z0-9._~!$&'()*+,;=:/-]|%[0-9A-Fa-f]{2})*(?:\?(?:[A-Za-z0-9._~!$&'()*+,;=:/?-]|%[0-9A-Fa-f]{2})*)?(?:#(?:[A-Za-z0-9._~!$&'()*+,;=:/?-]|%[0-9A-Fa-f]{2})*)?$/;
const SCHEME = /^[A-Za-z][A-Za-z0-9+.-]*:/;
/** Of `//host:port`, which is all that the rest of it leaves open. */
const AUTHORITY = /^(?:[A-Za-z][A-Za-z0-9+.-]*:)?\/\/[^/?#:]*(?::\d*)?(?:[/?#]|$)/;

function isUriReference(text: string): boolean {
  if (!PLAIN.test(text)) return false;
  const beforeColon = /^[^/?#:]*(?=:)/.exec(text)?.[0];
  if (beforeColon !== undefined && !SCHEME.test(text)) return false;
  return !/^(?:[A-Za-z][A-Za-z0-9+.-]*:)?\/\//.test(text) || AUTHORITY.test(text);
}
