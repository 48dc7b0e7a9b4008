import type { RevenueRatio } from '#insight';
import type { RevenueFigure } from '#read-model';
import { type Content, html } from '../html.js';
import { moneyOf } from '../words.js';
import type { RevenueForm } from './revenue-form.dto.js';

/** What people call each figure. */
export const FIGURE_WORDS: Readonly<Record<RevenueFigure, string>> = {
  start: 'Start', new: 'New', expansion: 'Expansion', escalator: 'Agreed rises', contraction: 'Contraction', churn: 'Churn', reactivation: 'Reactivation', end: 'End',
  nrr: 'Net revenue retention', grr: 'Gross revenue retention', 'logo-churn': 'Customers lost', 'won-and-lost': 'Won and lost in the period', renewals: 'Renewals', unconverted: 'Without an exchange rate', terminable: 'What can be ended soon', 'budget-cut': 'Budget cuts, and what can be ended soon',
};

/** An amount, where there is a currency to tell it in. */
export const amountText = (amount: number | null, currency: string | null): string => (amount === null || currency === null ? 'not measured' : moneyOf([{ amount, currency }]));

/** Part of 1 as people read it, to a tenth of a per cent. */
export const shareText = (share: number): string => `${(Math.round(share * 1_000) / 10).toFixed(1).replace('-', '−')} %`;

/** The ratio, or what it would take. */
export const ratioText = ({ value, missing }: Pick<RevenueRatio, 'value' | 'missing'>): string => (value === null ? `not measured: ${missing ?? ''}` : shareText(value));

/** Who makes a figure, asked about in the same way. */
export function figurePath(movement: RevenueFigure, form: RevenueForm, cursor?: string): string {
  const asked = Object.entries({ ...form, by: undefined, movement, cursor }).filter((pair): pair is [string, string] => typeof pair[1] === 'string');
  return `/revenue/customers?${new URLSearchParams(asked).toString()}`;
}

export const figureLink = (movement: RevenueFigure, form: RevenueForm, words: Content = FIGURE_WORDS[movement]) => html`<a href="${figurePath(movement, form)}">${words}</a>`;
