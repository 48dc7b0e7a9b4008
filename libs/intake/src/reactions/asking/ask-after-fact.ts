import type { AgendaItem, Answer, Outcome, Reaction, ReactionWork } from '#event-store';
import { answersAt, askAfterFact, causeFor, causeTypes, type Decided, evolve, stateOf } from '#journey';
import { momentOf, runningPrograms } from './settings.js';

/** Asks after a ticket was solved or a product went live, when the delay of the program is over. */
export const askingAfterFacts: Reaction = {
  name: 'asking',
  types: causeTypes,
  due: ({ data, occurredAt }) => [{ subject: String(data['ticket'] ?? data['deployment']), at: occurredAt }],
  act,
};

/** What is decided for one person counts for the next program: two that answer the same fact ask a person once. */
async function act({ customer, cause: { source, id } }: AgendaItem, work: ReactionWork): Promise<Outcome> {
  const programs = await runningPrograms(work);
  if (programs.length === 0) return {};
  const told = await work.story(customer);
  const { root, events, revision } = told.root === customer ? told : await work.story(told.root);
  const moment = await momentOf(work);
  const event = events.find((each) => each.source === source && each.id === id);
  const state = stateOf(root, events);
  const facts: Answer[] = [];
  let again: string | undefined;
  for (const asked of programs) {
    const cause = event && causeFor(asked.program, event);
    const at = cause && answersAt(asked.program, cause);
    if (!at || Date.parse(asked.since) > Date.parse(at)) continue;
    if (Date.parse(at) > work.now.getTime()) again = again === undefined || at < again ? at : again;
    else for (const answer of askAfterFact(asked, cause, moment, state)) {
      facts.push(factOf(answer, root, revision));
      evolve(state, { ...answer, occurredAt: moment.at, stream: { id: root } });
    }
  }
  return again === undefined ? { facts } : { facts, again };
}

/** A decision as the fact that says it. */
export function factOf({ type, data }: Decided, customer: string, expected: number): Answer {
  return { type, data, customer, expected, key: data.survey };
}
