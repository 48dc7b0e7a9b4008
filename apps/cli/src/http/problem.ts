/** RFC 9457, as the API sends it. */
export interface ApiProblem {
  readonly title?: string;
  readonly status?: number;
  readonly detail?: string;
  readonly code?: string;
  readonly pointer?: string;
  readonly requestId?: string;
  readonly errors?: readonly { readonly pointer?: string; readonly detail?: string }[];
}

/** A problem as a person reads it: what, why and what to do, where, and which request it was. */
export function problemText({ title, status, detail, code, pointer, errors, requestId }: ApiProblem): string {
  const places = errors?.length ? errors : pointer ? [{ pointer, detail }] : [];
  return [
    `${title ?? 'The request failed'}${code === undefined && status === undefined ? '' : ` (${[code, status].filter((part) => part !== undefined).join(', ')})`}`,
    ...(detail === undefined ? [] : [`  ${detail}`]),
    ...places.filter((place) => place.pointer).map((place) => `  at ${place.pointer}${place.detail === detail || !place.detail ? '' : `: ${place.detail}`}`),
    ...(requestId === undefined ? [] : [`  request ${requestId}`]),
  ].join('\n');
}

/** The problem in an answer, whatever its form. */
export function problemOf(status: number, body: string): ApiProblem {
  try {
    const parsed = JSON.parse(body) as unknown;
    if (typeof parsed === 'object' && parsed !== null) return { status, ...parsed };
  } catch {
    // Not JSON: a proxy, or another server.
  }
  return { status, title: `The answer was HTTP ${status}`, ...(body.trim() === '' ? {} : { detail: body.trim().slice(0, 200) }) };
}
