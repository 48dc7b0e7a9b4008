import type { DataFor } from '../catalogue.js';
import type { JourneyEvent } from '../envelope.js';

/** A question with its scale, in one version. */
export type Instrument = DataFor<'instrument.published'>;

/** What survey facts say of the instrument that was asked. */
export type AskedInstrument = DataFor<'survey.requested'>['instrument'];

const common = { version: 1, asksLostTime: false, commentPrompt: 'What is the main reason for your answer?' } as const;

/** Questions to begin with. A version published under one of these ids takes the place of the built-in one. */
export const builtInInstruments: readonly Instrument[] = [
  {
    ...common, id: 'nps', name: 'Recommendation', kind: 'nps', min: 0, max: 10, question: 'How likely are you to recommend us to a colleague or business partner?',
    worst: 'Not at all likely', best: 'Extremely likely', bar: 7, excellentFrom: 9, subject: 'relationship',
  },
  {
    ...common, id: 'csat', name: 'After a ticket', kind: 'csat', min: 1, max: 5, question: 'How content are you with how we handled your request?',
    worst: 'Very discontent', best: 'Very content', bar: 4, excellentFrom: 5, subject: 'support', commentPrompt: 'What should we know about it?',
  },
  {
    ...common, id: 'ces', name: 'Effort', kind: 'ces', min: 1, max: 7, question: 'How easy was it to get done what you wanted to do?',
    worst: 'Very hard', best: 'Very easy', bar: 4, excellentFrom: 6, subject: 'service', commentPrompt: 'What made it hard, or easy?',
  },
  {
    ...common, id: 'xla', name: 'Experience', kind: 'xla', min: 0, max: 10, question: 'How well could you work over the last weeks with the service that we provide?',
    worst: 'Not at all', best: 'Perfectly', bar: 7, excellentFrom: 9, subject: 'service', asksLostTime: true, commentPrompt: 'What cost you time?',
  },
];

/** Every version of a question, and which one is asked. */
export interface InstrumentState {
  readonly id: string;
  /** The first first. */
  readonly versions: readonly Instrument[];
  readonly current: Instrument | null;
  readonly retired: boolean;
}

type Fact = Pick<JourneyEvent, 'type' | 'data'>;

/** One question after the facts of its stream, in order. */
export function instrumentOf(id: string, facts: readonly Fact[]): InstrumentState {
  const builtIn = builtInInstruments.filter((each) => each.id === id);
  const published = facts.filter(({ type }) => type === 'instrument.published').map(({ data }) => data as unknown as Instrument);
  const versions = [...builtIn, ...published];
  const retired = facts.at(-1)?.type === 'instrument.retired';
  return { id, versions, current: retired ? null : versions.at(-1) ?? null, retired };
}

/** The number that the next version of a question gets. */
export const nextVersion = ({ versions }: Pick<InstrumentState, 'versions'>): number => (versions.at(-1)?.version ?? 0) + 1;

/** What a survey says of the instrument, so that its answer can be read without looking it up. */
export function asAsked({ kind, min, max, name, id, version, bar, excellentFrom }: Instrument): AskedInstrument {
  return { kind, min, max, name, id, version, bar, excellentFrom };
}
