/** Into how large pages each of the loops cuts what it looks at. */
export interface Pages {
  readonly positions: number;
  readonly ids: number;
  readonly streams: number;
  readonly customers: number;
}

export const PAGES: Pages = { positions: 20_000, ids: 20_000, streams: 500, customers: 400 };
