import type { JourneyCondition, JourneyEvent, JourneyRole } from '#journey';
import type { ToldEvent } from '../fact-sheet.js';
import { YEARLY } from '../profile.js';
import { text } from '../sheet/fact.js';

interface Subscription { readonly runs: boolean; readonly yearly: number | null; readonly recurring: number | null; readonly interval: keyof typeof YEARLY }
interface Person { readonly role: string | null; readonly sponsor: boolean }

const ROLES: Readonly<Record<JourneyRole, (person: Person) => boolean>> = {
  payer: ({ role }) => role === 'payer' || role === 'both', user: ({ role }) => role === 'user' || role === 'both', sponsor: ({ sponsor }) => sponsor,
};

/** What has to be remembered of a customer's earlier facts to say whether one fits a condition: which subscriptions run, and who plays which part. */
export class FactsSoFar {
  private readonly subscriptions = new Map<string, Subscription>();
  private readonly people = new Map<string, Person>();
  private grown = false;

  /** The next fact; earliest first. */
  take({ type, data, absorbed }: ToldEvent): void {
    this.grown = false;
    const subscription = text(data['subscription']);
    // Who leaves is told as revenue tells it: a renewal that lapses decides a term and ends no subscription.
    if (subscription && (type.startsWith('subscription.') || type === 'renewal.renewed')) this.step(type, subscription, data);
    else if (type === 'contact.added' || type === 'contact.role-changed') this.meet(data);
    else if (type === 'contact.left') this.people.delete(String(data['contact']));
    else if (type === 'customer.closed' && !absorbed) for (const [id, each] of this.subscriptions) this.subscriptions.set(id, { ...each, runs: false });
  }

  /** Whether the fact that was taken last is one of these. Who is merged into another is not closed for it. */
  isOne(conditions: readonly JourneyCondition[], event: ToldEvent): boolean {
    return conditions.some(({ type, where, only }) => type === event.type && !(event.absorbed && type.startsWith('customer.'))
      && (where === undefined || where.is.includes(String(valueIn(event.data, where.field))))
      && (only === undefined || (only === 'grows' ? this.grown : !this.isRunning())));
  }

  /** Whether somebody of this role took part in it, by what was known of people then, or as the fact itself says. */
  has(role: JourneyRole, { data }: JourneyEvent): boolean {
    const named = [data['contact'], ...(Array.isArray(data['with']) ? data['with'] as unknown[] : [])].flatMap((id) => this.people.get(String(id)) ?? []);
    return named.some(ROLES[role]) || (named.length === 0 && ROLES[role]({ role: text(data['role']) ?? null, sponsor: false }));
  }

  private isRunning(): boolean {
    return [...this.subscriptions.values()].some(({ runs }) => runs);
  }

  private step(type: string, id: string, data: JourneyEvent['data']): void {
    const before = this.subscriptions.get(id);
    const recurring = (data['recurring'] as { amount?: number } | undefined)?.amount ?? before?.recurring ?? null;
    const interval = (data['interval'] as Subscription['interval'] | undefined) ?? before?.interval ?? 'month';
    const yearly = recurring === null ? null : recurring * YEARLY[interval];
    const begins = type === 'subscription.started' || type === 'subscription.resumed';
    if (type === 'subscription.started' && !before?.runs) this.grown = this.isRunning();
    else if (before?.runs && (type === 'subscription.started' || type === 'subscription.changed')) this.grown = yearly !== null && before.yearly !== null && yearly > before.yearly;
    this.subscriptions.set(id, { runs: type !== 'subscription.ended' && (begins || (before?.runs ?? true)), yearly, recurring, interval });
  }

  private meet(data: JourneyEvent['data']): void {
    const id = String(data['contact']);
    const before = this.people.get(id);
    this.people.set(id, { role: text(data['role']) ?? before?.role ?? null, sponsor: (data['sponsor'] as boolean | undefined) ?? before?.sponsor ?? false });
  }
}

/** A field, or one inside another with a dot between. */
export const valueIn = (data: JourneyEvent['data'], field: string): unknown =>
  field.split('.').reduce<unknown>((at, name) => (at !== null && typeof at === 'object' ? (at as Record<string, unknown>)[name] : undefined), data);
