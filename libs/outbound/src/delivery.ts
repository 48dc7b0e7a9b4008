/**
 * What became of something that was to leave the house. `refused`: it certainly did not get through; `forGood`: it never will.
 * `uncertain`: it may have. `why` is for operators: no personal data.
 */
export type Delivery =
  | { readonly status: 'sent' }
  | { readonly status: 'refused'; readonly forGood: boolean; readonly why: string }
  | { readonly status: 'uncertain'; readonly why: string };
