import type { Explainable } from './explain.js';
import type { Measures } from './measures.js';

const answersTo = (kind: string) => `nobody answered; needs survey.responded to an instrument of kind ${kind}`;
const TICKETS = 'no ticket was told of; needs ticket.opened';

const NEEDS: Readonly<Record<Explainable, string>> = {
  nps: answersTo('nps'), 'top-box': 'nobody answered; needs survey.responded', csat: answersTo('csat'), ces: `${answersTo('ces')}, from 1 to 7`, xla: answersTo('xla'), response: 'no survey is due; needs survey.sent, 14 days ago or longer',
  resolve: 'no ticket was solved; needs ticket.opened and ticket.resolved', 'first-response': 'no ticket was replied to; needs ticket.opened and ticket.replied', reopened: 'no ticket was ever solved; needs ticket.resolved', escalated: TICKETS, sla: TICKETS,
};

/** Of each figure that is null, what it would take; null where it is measured. */
export function missingIn({ nps, topBox, csat, ces, xla, response, tickets }: Measures): Readonly<Record<Explainable, string | null>> {
  const values: Readonly<Record<Explainable, number | null | undefined>> = {
    nps: nps.respondent.value, 'top-box': topBox.value, csat: csat.value, ces: ces.easy.value, xla: xla.happiness.value, response: response.rate.value, resolve: tickets?.resolve.wall.median ?? tickets?.resolve.wall.mean.value,
    'first-response': tickets?.firstResponse.wall.median ?? tickets?.firstResponse.wall.mean.value, reopened: tickets?.reopened.value, escalated: tickets?.escalated.value, sla: tickets?.slaKept.value,
  };
  return Object.fromEntries(Object.entries(NEEDS).map(([figure, needs]) => [figure, (values[figure as Explainable] ?? null) === null ? needs : null])) as Record<Explainable, string | null>;
}
