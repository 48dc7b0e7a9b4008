import { isDeepStrictEqual } from 'node:util';
import { type Card, firstScorecard } from '#insight';
import { type Assignment, type CardFact, type CardStates, newestCard, type Perspective, publishedCard, versionOfCard } from '#read-model';
import { ApiProblem } from '../problems/api-problem.js';
import type { SentCard } from './valid-card.js';

/** Ids that stand for something else. */
const RESERVED = new Set(['assignment', 'simulations', 'checks', 'assignments', 'ready-made']);

/** A draft becomes the next version of its card. `version` in what was sent: the version that it was made from. `isNew` is false where nothing changed: then it is the newest as it stands. */
export function decideDraft(states: CardStates, sent: SentCard): { readonly card: Card; readonly basedOn: number | null; readonly isNew: boolean } {
  if (RESERVED.has(sent.id)) throw new ApiProblem('invalid-body', `A scorecard cannot be called ${sent.id}.`, { errors: [{ pointer: '/card/id', detail: 'This id is taken; choose another.' }] });
  const newest = newestCard(states, sent.id);
  const basedOn = sent.version ?? null;
  if (basedOn !== null && newest !== null && basedOn !== newest.version) {
    throw new ApiProblem('scorecard-outdated', `Version ${newest.version} is the newest, and this was made from ${basedOn}.`, { members: { newest: newest.version, basedOn } });
  }
  if (newest && isDeepStrictEqual({ ...sent, version: newest.version }, newest)) return { card: newest, basedOn, isNew: false };
  return { card: { ...sent, version: (newest?.version ?? 0) + 1 }, basedOn: newest && (basedOn ?? newest.version), isNew: true };
}

/** Which version comes into force, the newest where none is named. @throws ApiProblem */
export function decidePublication(states: CardStates, id: string, wanted: number | undefined): Card {
  const card = wanted === undefined ? newestCard(states, id) : versionOfCard(states, id, wanted);
  if (!card) throw unknown(id, wanted);
  if (publishedCard(states, id) === card) throw new ApiProblem('scorecard-in-force', `Version ${card.version} of ${id} is in force already.`);
  return card;
}

/** The version that was in force before. @throws ApiProblem where there is none */
export function decideReversion(states: CardStates, id: string): { readonly card: Card; readonly from: number } {
  const current = publishedCard(states, id);
  if (!current) throw newestCard(states, id) ? new ApiProblem('scorecard-not-published', `No version of ${id} is in force.`) : unknown(id);
  const before = stepsOf(id, states.cards.get(id)?.history ?? []).at(-2);
  if (before === undefined) throw new ApiProblem('scorecard-nothing-before', `No other version of ${id} was in force before.`);
  return { card: versionOfCard(states, id, before)!, from: current.version };
}

/** The versions that were in force one after the other and not taken back: a reversion takes the last one away. */
function stepsOf(id: string, history: readonly CardFact[]): number[] {
  const steps = id === firstScorecard.id ? [firstScorecard.version] : [];
  for (const { data } of history) {
    if (data['revertedFrom'] === undefined) steps.push(Number(data['version']));
    else steps.pop();
  }
  return steps;
}

/** @throws ApiProblem for a card that somebody is scored by */
export function decideRetirement(states: CardStates, id: string): void {
  if (!newestCard(states, id)) throw unknown(id);
  if (id === firstScorecard.id) throw new ApiProblem('scorecard-in-use', 'The first scorecard is the last resort of all; revert it to version 1 instead.');
  if (!states.cards.get(id)?.published) throw new ApiProblem('scorecard-not-published', `No version of ${id} is in force.`);
  const users = Object.entries(states.assigned).filter(([, { rules, otherwise }]) => otherwise === id || rules.some(({ card }) => card === id)).map(([perspective]) => perspective);
  if (users.length > 0) throw new ApiProblem('scorecard-in-use', `It is assigned (${users.join(', ')}).`);
}

/** @throws ApiProblem that points at each card that is not in force */
export function decideAssignment(states: CardStates, perspective: Perspective, { rules, otherwise }: Assignment): void {
  const errors = [
    ...rules.flatMap(({ card }, place) => flaw(states, card, `/rules/${place}/card`)),
    ...rules.flatMap(({ segments, industries, regions }, place) => (segments || industries || regions ? [] : [{ pointer: `/rules/${place}`, detail: 'Name a segment, an industry or a region: everybody else is scored by `otherwise`.' }])),
    ...(otherwise === null ? [] : flaw(states, otherwise, '/otherwise')),
    ...(perspective === 'whole' && otherwise === null ? [{ pointer: '/otherwise', detail: 'Somebody must be left to score everybody else: name a card.' }] : []),
  ];
  if (errors.length > 0) throw new ApiProblem(errors.some(({ pointer }) => pointer.endsWith('/card')) || (otherwise !== null && errors.some(({ pointer }) => pointer === '/otherwise')) ? 'scorecard-not-published' : 'invalid-body', errors[0]!.detail, { errors });
}

const flaw = (states: CardStates, card: string, pointer: string) => (publishedCard(states, card) ? [] : [{ pointer, detail: `No version of ${card} is in force: publish one first.` }]);

const unknown = (id: string, version?: number) => new ApiProblem('scorecard-unknown', version === undefined ? `No scorecard is called ${id}.` : `${id} has no version ${version}.`);
