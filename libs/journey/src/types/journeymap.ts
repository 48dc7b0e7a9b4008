import { eventType } from '../event-type.js';
import { choice, code, count, fields, label, list } from '../shapes.js';

const some = <const S extends object>(items: S, description: string, maxItems: number) => ({ ...list(items, description, maxItems), minItems: 1 }) as const;
const days = (description: string) => ({ ...count(description, 3_660), minimum: 1 }) as const;

const condition = {
  ...fields({ type: code('The type of the fact, one of ours or of your own.') }, {
    where: { ...fields({ field: code('A field that is not personal; one inside another with a dot, as instrument.kind.'), is: some(label('One of them.'), 'What it may say.', 20) }), description: 'Only facts of which a field says one of these.' },
    only: choice(['none-runs', 'grows'], '`none-runs`: only where no subscription of the customer runs any more; `grows`: only where it has more of them than before, or pays more for one.'),
  }),
  description: 'A fact.',
} as const;
const conditions = (description: string) => some(condition, description, 20);

const touch = {
  ...fields({ touch: code('Its id.'), label: label('What people call it.'), on: conditions('The facts that it is.'), withinDays: days('So many days after the stage was entered.') }, {
    role: choice(['payer', 'user', 'sponsor'], 'Only with somebody at the customer who has this role then.'),
  }),
  description: 'A touch that is expected while a customer is in the stage.',
} as const;

const stage = {
  ...fields({ stage: code('Its id.'), label: label('What people call it.'), enter: conditions('The facts with which a customer enters it.') }, {
    after: some(code('Id of a stage.'), 'Entered only out of these, or out of none; out of any when left out.', 20),
    leave: conditions('The facts with which a customer leaves it for none.'),
    ends: choice(['churned', 'lost'], 'Nothing is expected of who is in it: `churned`, a customer that has left; `lost`, one that never became a customer.'),
    maxDays: days('Who is in it for longer is stuck; when left out, who is in it for longer than nine of ten are.'),
    touches: list(touch, 'What is expected there.', 20),
  }),
  description: 'A stage.',
} as const;

const moment = {
  ...fields({ moment: code('Its id.'), label: label('What people call it.'), met: conditions('The facts that meet it.'), withinDays: days('So many days after it began; after that it is missed.') }, {
    stage: code('Begins when a customer enters this stage.'), begins: conditions('Or: begins with each of these facts.'),
    same: code('Only facts meet it that say the same in this field as the one that began it, such as outage.'),
  }),
  description: 'A moment of truth.',
} as const;

export const journeymapTypes = [
  eventType({
    type: 'journeymap.set', version: 1, internal: true,
    description: 'The map of the customer journey was set: it takes the place of the one before.',
    schema: fields({
      stages: some(stage, 'In the order in which they are looked at: a fact that enters several enters the first.', 20),
      moments: list(moment, 'Moments of truth.', 50),
      timeToValue: {
        ...fields({
          starts: some({ ...fields({ start: code('Its id.'), label: label('What people call it.'), on: conditions('The facts with which time begins; the first one counts.') }), description: 'A start.' }, 'From when time is counted; the first one unless another is asked for.', 10),
          value: conditions('The facts that are value to the customer: an outcome, not a login.'),
        }),
        description: 'From when to when the time to value is counted.',
      },
      reason: label('Why, in a few words without names of persons.'),
    }),
    example: {
      stages: [
        { stage: 'onboarding', label: 'Onboarding', enter: [{ type: 'sale.won' }, { type: 'subscription.started' }], after: ['left'], maxDays: 90, touches: [{ touch: 'kickoff', label: 'Kick-off meeting', on: [{ type: 'engagement.meeting-held' }], role: 'payer', withinDays: 14 }] },
        { stage: 'in-use', label: 'In use', enter: [{ type: 'deployment.went-live' }], after: ['onboarding'] },
        { stage: 'left', label: 'Left', enter: [{ type: 'subscription.ended', only: 'none-runs' }], ends: 'churned' },
      ],
      moments: [{ moment: 'first-answer', label: 'First answer after go-live', stage: 'in-use', met: [{ type: 'survey.responded', where: { field: 'instrument.kind', is: ['csat', 'nps'] } }], withinDays: 60 }],
      timeToValue: { starts: [{ start: 'signature', label: 'Signature', on: [{ type: 'sale.won' }] }], value: [{ type: 'goal.outcome-confirmed' }] }, reason: 'Agreed in the autumn review',
    },
  }),
] as const;
