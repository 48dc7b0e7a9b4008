import type { DataFor, KnownType } from '../catalogue.js';
import { type Feedback, stepOf } from './feedback.js';

type Of<T extends `feedback.${string}` & KnownType> = Omit<DataFor<T>, 'feedback'>;

/** What may be done with a piece of feedback: the type of the fact that says it was done, without its family, and what it carries. */
export type FeedbackCommand =
  | ({ readonly do: 'request-raised' } & Of<'feedback.request-raised'>)
  | ({ readonly do: 'themed' } & Of<'feedback.themed'>)
  | ({ readonly do: 'routed' } & Of<'feedback.routed'>)
  | ({ readonly do: 'accepted' } & Omit<Of<'feedback.accepted'>, 'department'>)
  | ({ readonly do: 'declined' } & Omit<Of<'feedback.declined'>, 'department'>)
  | ({ readonly do: 'answered' } & Omit<Of<'feedback.answered'>, 'department'>)
  | ({ readonly do: 'customer-told' } & Of<'feedback.customer-told'>);

export interface FeedbackFact { readonly type: `feedback.${FeedbackCommand['do']}`; readonly data: Readonly<Record<string, unknown>> }

/** Why something cannot be done; the code is stable. */
export interface FeedbackRefusal { readonly refused: 'feedback-unknown' | 'feedback-known' | 'department-unknown' | 'already-there' | 'not-with-a-department' | 'already-accepted' | 'already-answered' | 'nothing-to-tell' | 'already-told'; readonly say: string }

/**
 * The order of the steps: raised, sent to a department, which accepts it or not, answers or declines; and the customer is told what became of it.
 * It may be sent on to another department until it is answered, also after one declined. A department may answer without having accepted before.
 * `departments`: those that there are.
 */
export function decideFeedback(state: Feedback, feedback: string, { do: what, ...said }: FeedbackCommand, departments: ReadonlySet<string>): FeedbackFact | FeedbackRefusal {
  const no = (refused: FeedbackRefusal['refused'], say: string): FeedbackRefusal => ({ refused, say });
  const yes = (more: object = {}): FeedbackFact => factOf(`feedback.${what}`, { feedback, ...said, ...more });
  const last = state.turns.at(-1);
  const step = stepOf(state);
  if (what === 'request-raised') return state.raisedAt === null ? yes() : no('feedback-known', `Feedback ${feedback} was raised before.`);
  if (state.raisedAt === null) return no('feedback-unknown', `There is no feedback ${feedback} of this customer.`);
  if (what === 'themed') return yes();
  if (what === 'customer-told') {
    if (step === 'told') return no('already-told', 'The customer was told before.');
    return step === 'answered' || step === 'declined' ? yes() : no('nothing-to-tell', 'No department has answered or declined it, so there is nothing to tell yet.');
  }
  if (step === 'told' || step === 'answered') return no('already-answered', `The department ${last?.department ?? ''} has answered it.`);
  if (what === 'routed') {
    const { department } = said as { department: string };
    if (!departments.has(department)) return no('department-unknown', `There is no department ${department}.${departments.size > 0 ? ` There are: ${[...departments].sort().join(', ')}.` : ' An administrator makes them.'}`);
    return last?.department === department && step !== 'declined' ? no('already-there', `The department ${department} has it.`) : yes();
  }
  if (!last || step === 'declined') return no('not-with-a-department', 'No department has it: send it to one first.');
  if (what === 'accepted' && step === 'accepted') return no('already-accepted', `The department ${last.department} has accepted it.`);
  return yes({ department: last.department });
}

const factOf = (type: FeedbackFact['type'], data: FeedbackFact['data']): FeedbackFact => ({ type, data: Object.fromEntries(Object.entries(data).filter(([, value]) => value !== undefined)) });

export const isRefusal = (decided: object): decided is FeedbackRefusal => 'refused' in decided;
