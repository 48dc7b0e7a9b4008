import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { decideFeedback, type FeedbackCommand, isRefusal, noFeedback } from '#journey';
import { FindAnswer, FindFeedback, GetDepartments } from '#read-model';
import type { Caller } from '../access/api-keys.js';
import { AnswerWork } from '../answers/answer-work.js';
import { CustomerFacts } from '../events/customer-facts.js';
import { type Step, Steps } from '../events/steps.js';
import { ApiProblem } from '../problems/api-problem.js';
import type { RaiseDto } from './feedback.dto.js';

const SOURCE = 'feedback';

/** What people of ours do with feedback: each step is a fact of the customer. */
@Injectable()
export class FeedbackWork {
  constructor(
    @Inject(QueryBus) private readonly queries: QueryBus,
    @Inject(Steps) private readonly steps: Steps,
    @Inject(AnswerWork) private readonly answers: AnswerWork,
    @Inject(CustomerFacts) private readonly facts: CustomerFacts,
  ) {}

  /** Raises a piece of feedback, and sends it to a department where one is named. Out of an answer, which the caller has read then, or of a customer. */
  async raise(caller: Caller, { customer, survey, department, note, ...said }: RaiseDto) {
    const feedback = `F-${randomUUID()}`;
    const { tenant } = caller;
    if (department !== undefined) await this.known(caller, department);
    const from = customer === undefined ? undefined : (await this.facts.find(tenant, customer)).customer;
    if (survey !== undefined) await this.answers.view(caller, { survey, customer: from });
    const answer = survey === undefined ? null : await this.queries.execute(new FindAnswer({ tenant, survey, customer: from }));
    const of = answer?.state.fact?.stream.id ?? from;
    if (of === undefined) throw new ApiProblem('invalid-body', 'Say whose feedback it is.', { errors: [{ pointer: '/customer', detail: 'customer or survey must be there' }] });
    if (said.what === undefined && answer === null) throw new ApiProblem('invalid-body', 'Say what they want.', { errors: [{ pointer: '/what', detail: 'what may be left out only where a survey is named' }] });
    const contact = said.contact ?? (answer?.state.fact?.data['contact'] as string | undefined);
    const raised = (await this.steps.take(caller, SOURCE, () => Promise.resolve(stepOf(of, feedback, decideFeedback(noFeedback, feedback, { do: 'request-raised', ...said, contact, survey }, NONE), 0))))!;
    const routed = department === undefined ? null : await this.take(caller, feedback, { do: 'routed', department, note });
    return { feedback, customer: raised.customer, position: routed?.position ?? raised.position };
  }

  /** Takes the next step. @throws ApiProblem where the order of the steps does not allow it */
  async take(caller: Caller, feedback: string, command: FeedbackCommand) {
    const taken = await this.steps.take(caller, SOURCE, async () => {
      const { customer, state, told, departments } = await this.queries.execute(new FindFeedback({ tenant: caller.tenant, feedback }));
      return stepOf(customer, feedback, decideFeedback(state, feedback, command, departments), told);
    });
    return { feedback, ...taken! };
  }

  /** Before anything is raised that could then not be sent. */
  private async known({ tenant }: Caller, department: string): Promise<void> {
    const { departments } = await this.queries.execute(new GetDepartments({ tenant }));
    if (!departments.some(({ id, name }) => id === department && name !== null)) throw new ApiProblem('department-unknown', `There is no department ${department}.`, { errors: [{ pointer: '/department', detail: 'no department has this id' }] });
  }
}

const NONE: ReadonlySet<string> = new Set();

function stepOf(customer: string, feedback: string, decided: ReturnType<typeof decideFeedback>, told: number): Step {
  if (!isRefusal(decided)) return { customer, fact: decided, of: feedback, told };
  if (decided.refused === 'department-unknown') throw new ApiProblem('department-unknown', decided.say, { errors: [{ pointer: '/department', detail: decided.say }] });
  throw new ApiProblem('feedback-refused', decided.say, { members: { refusal: decided.refused } });
}
