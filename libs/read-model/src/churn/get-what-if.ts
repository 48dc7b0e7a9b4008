import { Query } from '@nestjs/cqrs';
import { alteredStory, type Changes, type ToldEvent } from '#insight';
import { customerRow } from '../customers/get-customer.js';
import { storyOf, togetherOf } from '../customers/together.js';
import type { HealthOptions } from '../health/get-health.js';
import { computable, heldParts } from '../health/held.js';
import { knownOf, knownUntil } from '../health/known.js';
import { instantOf, momentOf } from '../health/moments.js';
import { QueryRefused, read, type ReadModelOptions } from '../reading.js';
import { calendarOf } from '../tenant.js';
import { compared } from './compared.js';
import type { WhatIfAnswer } from './what-if-answer.js';
import { cardsInForce } from '../scorecards/cards-in-force.js';
import { whichModel } from './which-model.js';

export interface WhatIfOptions extends HealthOptions, Changes {}

export class GetWhatIf extends Query<WhatIfAnswer> {
  constructor(readonly options: WhatIfOptions) {
    super();
  }
}

/** Risk and score with facts left out or moved, beside those as it was. @throws QueryRefused `event-unknown` that points at each fact that is not in the story */
export async function getWhatIf(model: ReadModelOptions, { tenant, customer, asOf, knownAt, without, moved }: WhatIfOptions): Promise<WhatIfAnswer> {
  const until = asOf === undefined && knownAt === undefined ? null : await knownUntil(model.reader, knownAt);
  return read(model.reader, tenant, async (sql) => {
    const row = await customerRow(sql, tenant, customer);
    const calendar = await calendarOf(sql, tenant, model.now());
    const moment = { asOf: momentOf(asOf, 'asOf', calendar), knownAt: until === null ? calendar.now : knownOf(knownAt, calendar, until), dayOf: calendar.dayOf };
    const decidedAt = knownAt === undefined ? undefined : moment.knownAt;
    const { model: churn, short } = await whichModel(sql, tenant, { knownAt: decidedAt });
    const { whole: cards } = await cardsInForce(sql, tenant, decidedAt);
    const together = await togetherOf(sql, tenant, customer, moment.knownAt);
    const story = await storyOf(sql, tenant, together);
    const changes = { without, moved: moved.map(({ event, to }) => ({ event, to: instantOf(to, 'to', calendar) })) };
    refuseUnknown(story, changes);
    const { value, events, bad } = computable(story, (facts) => compared({ model: churn, cards }, [facts, alteredStory(facts, changes).story], moment));
    return {
      customer: together.root, askedAs: together.askedAs, asOf: moment.asOf, knownAt: moment.knownAt, today: calendar.today,
      ...await heldParts(sql, tenant, { root: row.customer, held: row.held, events, bad }), ...value, model: short,
    };
  });
}

function refuseUnknown(story: readonly ToldEvent[], { without, moved }: Changes): void {
  const flawsOf = (changes: Changes, pointer: string) => alteredStory(story, changes).unknown.map(({ source, id }) => ({ pointer, detail: `There is no event ${source} ${id} in the story of this customer.` }));
  const flaws = [
    ...without.flatMap((event, place) => flawsOf({ without: [event], moved: [] }, `/without/${place}`)),
    ...moved.flatMap((each, place) => flawsOf({ without: [], moved: [each] }, `/moved/${place}/event`)),
  ];
  if (flaws.length > 0) throw new QueryRefused('event-unknown', flaws[0]!.detail, undefined, flaws);
}
