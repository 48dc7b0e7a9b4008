import type { IncomingHttpHeaders } from 'node:http';

/** True when a browser says that one of our own pages sent the request. A browser always says where a write comes from. */
export function cameFromUs(headers: IncomingHttpHeaders, publicUrl: string | undefined): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin';
  const { origin, host } = headers;
  const from = origin && URL.canParse(origin) ? new URL(origin).host : '';
  return from !== '' && (from === host || (publicUrl !== undefined && from === new URL(publicUrl).host));
}
