import type { JourneyEvent } from '#journey';
import { fact } from '../../testing/facts.js';
import type { CustomerFacts, DemandAccount } from '../account.js';

/** A running customer who pays so much a year, in whole euros, and may leave with this chance in percent. */
export const account = (id: string, euros: number, percent: number | null = 10, more: Partial<DemandAccount> = {}): DemandAccount => ({
  id, name: id, owner: null, segment: null, current: true, arr: euros === 0 ? [] : [{ amount: euros * 100, currency: 'EUR' }], arrAtRisk: percent === null ? null : [{ amount: euros * percent, currency: 'EUR' }], since: null, ...more,
});
export const facts = (of: DemandAccount, ...events: readonly JourneyEvent[]): CustomerFacts => ({ account: of, events: [...events].sort((a, b) => Date.parse(a.occurredAt) - Date.parse(b.occurredAt)) });
export const raised = (feedback: string, days: number, themes: readonly string[] = []): JourneyEvent[] => [fact('feedback.request-raised', days, { feedback }), ...(themes.length > 0 ? [fact('feedback.themed', days, { feedback, themes }, { at: 13 })] : [])];
export const euros = (amount: number) => [{ amount: amount * 100, currency: 'EUR' }];
