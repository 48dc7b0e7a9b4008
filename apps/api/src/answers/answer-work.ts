import { Inject, Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { type AnswerCommand, decideAnswer } from '#journey';
import { FindAnswer } from '#read-model';
import type { Caller } from '../access/api-keys.js';
import { type Step, Steps } from '../events/steps.js';
import { ApiProblem } from '../problems/api-problem.js';

export interface WhichAnswer { readonly survey: string; readonly customer?: string }

/** What people of ours do with answers: each is a fact of the customer. */
@Injectable()
export class AnswerWork {
  constructor(@Inject(QueryBus) private readonly queries: QueryBus, @Inject(Steps) private readonly steps: Steps) {}

  /** Notes that the caller read the answer; who has read it before has nothing noted (null). */
  view(caller: Caller, which: WhichAnswer) {
    return this.take(caller, which, { do: 'view', viewer: caller.actor.id, role: caller.role });
  }

  /** Takes it for a complaint; who does has read it. */
  complain(caller: Caller, which: WhichAnswer, note: string | undefined) {
    return this.readAndTake(caller, which, { do: 'complaint', note });
  }

  /** Finds that there is nothing to do; who does has read it. */
  setAside(caller: Caller, which: WhichAnswer, { reason, note }: { reason: string; note?: string }) {
    return this.readAndTake(caller, which, { do: 'set-aside', reason, note });
  }

  /** A step that is refused leaves no trace, so not that of a look either. */
  private async readAndTake(caller: Caller, which: WhichAnswer, command: AnswerCommand) {
    await this.decide(caller, which, command);
    await this.view(caller, which);
    return (await this.take(caller, which, command))!;
  }

  private take(caller: Caller, which: WhichAnswer, command: AnswerCommand) {
    return this.steps.take(caller, 'answers', () => this.decide(caller, which, command));
  }

  /** @throws ApiProblem */
  private async decide(caller: Caller, { survey, customer }: WhichAnswer, command: AnswerCommand): Promise<Step> {
    const { state, told } = await this.queries.execute(new FindAnswer({ tenant: caller.tenant, survey, customer }));
    const fact = decideAnswer(state, survey, command);
    if (fact && 'refused' in fact) throw new ApiProblem('answer-refused', fact.say, { members: { refusal: fact.refused } });
    const { id } = state.fact!.stream;
    return { customer: id, fact, of: `${id}:${survey}`, told };
  }
}
