import { Query } from '@nestjs/cqrs';
import { type Watermelon, watermelonOf, type WatermelonOf, watermelonsBy } from '#insight';
import { read, type ReadModelOptions } from '../reading.js';
import { type Calendar } from '../tenant.js';
import { judgedTickets, loadExperience } from './load.js';
import { rounded } from './measures.js';
import { windowOf, type WindowOptions } from './window.js';

export interface WatermelonAnswer {
  readonly today: Calendar['today'];
  readonly from: string;
  readonly to: string;
  readonly asOf: string;
  readonly overall: Watermelon;
  readonly queues: readonly WatermelonOf[];
  /** `key`: our id of the customer. */
  readonly accounts: readonly (WatermelonOf & { readonly name: string | null })[];
  readonly method: string;
}

export class GetWatermelon extends Query<WatermelonAnswer> {
  constructor(readonly options: WindowOptions) {
    super();
  }
}

const METHOD = 'Of the tickets opened in the time about which somebody answered: whether a missed target was told, and whether the newest answer is below the bar of its instrument. Red inside: no target missed, answer below the bar. Intervals are Wilson\'s, of 95 %.';

export async function getWatermelon(model: ReadModelOptions, options: WindowOptions): Promise<WatermelonAnswer> {
  return read(model.reader, options.tenant, async (sql) => {
    const window = await windowOf(sql, options, model.now());
    const experience = await loadExperience(sql, options.tenant, window);
    const judged = judgedTickets(experience);
    return rounded({
      today: window.calendar.today, from: window.from, to: window.to, asOf: window.until, method: METHOD, overall: watermelonOf(judged), queues: watermelonsBy(judged, ({ queue }) => queue),
      accounts: watermelonsBy(judged, ({ customer }) => customer).map((account) => ({ ...account, name: experience.customers.get(account.key!)?.name ?? null })),
    });
  });
}
