import { type DynamicModule, Module, type Provider, type Type } from '@nestjs/common';
import { CommandHandler, CqrsModule, type Query, QueryHandler } from '@nestjs/cqrs';
import { GetCustomer, getCustomer } from './customers/get-customer.js';
import { ListCustomers, listCustomers } from './customers/list-customers.js';
import { GetHealth, getHealth, GetHealthDifference, getHealthDifference, GetHealthHistory, getHealthHistory } from './health/get-health.js';
import { GetPortfolio, getPortfolio } from './portfolio/get-portfolio.js';
import { ListProjections, listProjections, RebuildProjection, rebuildProjection } from './projections/projections.js';
import type { ReadModelOptions } from './reading.js';
import { GetTimeline, getTimeline } from './timeline/get-timeline.js';
import { GetToday, getToday } from './today/get-today.js';

/** A handler class for a query whose answer is a plain function of (model, options). */
function answer<Options, Answer, Q extends Query<Answer> & { readonly options: Options }>(
  query: Type<Q>, work: (model: ReadModelOptions, options: Options) => Promise<Answer>,
): (model: ReadModelOptions) => Provider {
  @QueryHandler(query)
  class Handler {
    constructor(private readonly model: ReadModelOptions) {}

    execute({ options }: Q): Promise<Answer> {
      return work(this.model, options);
    }
  }
  return (model) => ({ provide: Handler, useFactory: () => new Handler(model) });
}

const answers = [
  answer(ListCustomers, listCustomers), answer(GetCustomer, getCustomer), answer(GetTimeline, getTimeline),
  answer(GetHealth, getHealth), answer(GetHealthHistory, getHealthHistory), answer(GetHealthDifference, getHealthDifference),
  answer(GetPortfolio, getPortfolio), answer(GetToday, getToday),
];

function administration(model: ReadModelOptions): Provider[] {
  @QueryHandler(ListProjections)
  class ListHandler {
    execute() {
      return listProjections(model.worker);
    }
  }
  @CommandHandler(RebuildProjection)
  class RebuildHandler {
    execute({ name }: RebuildProjection) {
      return rebuildProjection(model.worker, name);
    }
  }
  return [ListHandler, RebuildHandler];
}

@Module({})
export class ReadModelModule {
  static for(model: ReadModelOptions): DynamicModule {
    return { module: ReadModelModule, imports: [CqrsModule.forRoot({ rethrowUnhandled: true })], providers: [...answers.map((make) => make(model)), ...administration(model)] };
  }
}
