import { Inject, Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { DataFor } from '#journey';
import { GetScorecard, proposeForCard, type Proposed } from '#read-model';
import type { Caller } from '../access/api-keys.js';
import { progressLines } from '../http/progress-lines.js';
import { Connections } from '../connections.js';
import { Stopping } from '../http/stopping.js';
import { ApiProblem } from '../problems/api-problem.js';
import { refuseFlawed } from './refuse-flawed.js';
import type { ProposeDto } from './proposal.dto.js';
import { Scorecards } from './scorecards.js';

/** Weights for a card from who left. They score nobody until somebody publishes the draft. */
@Injectable()
export class Proposals {
  constructor(
    @Inject(Connections) private readonly connections: Connections,
    @Inject(QueryBus) private readonly queries: QueryBus,
    @Inject(Scorecards) private readonly scorecards: Scorecards,
    @Inject(Stopping) private readonly stopping: Stopping,
  ) {}

  /** How far it is, and at the end the proposal, and what became of it as a draft. */
  async *propose(caller: Caller, id: string, { version, seed = 1, draft = false, reason, ...window }: ProposeDto): AsyncGenerator<object> {
    if (draft && reason === undefined) throw new ApiProblem('invalid-body', 'A draft needs a reason.', { errors: [{ pointer: '/reason', detail: 'Say why.' }] });
    const { tenant } = caller;
    const { card } = await this.queries.execute(new GetScorecard({ tenant, id, ...(version !== undefined && { version }) }));
    refuseFlawed(card);
    const reading = { reader: this.connections.reader, now: () => new Date() };
    const proposed = yield* progressLines(proposeForCard(reading, { card, window: { tenant, ...window }, seed }, this.stopping.signal));
    const { proposal: { card: next, ...proposal }, madeFrom } = proposed;
    const { version: of, ...unversioned } = next;
    const drafted = draft ? await this.scorecards.draftProposed(caller, { card: unversioned, basedOn: of, reason: reason!, proposal: factOf(proposed) }) : null;
    yield { proposal: { of: { id, version: of }, ...proposal, card: unversioned }, madeFrom, drafted };
  }
}

/** What the fact keeps of it. */
function factOf({ proposal, madeFrom: { from, to, knownAt, upTo } }: Proposed): DataFor<'scorecard.drafted'>['proposal'] {
  const { horizonDays, seed, rows, leavers, departures, priorDepartures, verdict, weights, ranking } = proposal;
  const figures = ranking?.figures.map(({ name, published, draft, ahead }) => (
    { name, ...without({ before: published.value, now: draft.value, ahead: ahead.value, low: ahead.low, high: ahead.high }) }));
  return { horizonDays, from, to, knownAt, upTo, seed, rows, leavers, departures, priorDepartures, verdict, weights: weights.map(({ say: _, ...weight }) => weight), ...(figures && { figures }) };
}

/** Without what cannot be told. */
const without = (values: Readonly<Record<string, number | null>>): Record<string, number> => Object.fromEntries(Object.entries(values).flatMap(([name, value]) => (value === null ? [] : [[name, value]])));
