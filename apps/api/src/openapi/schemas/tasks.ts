import { conditions, playbookKinds } from '#journey';
import { choice, count, day, instant, list, orNull, position, record, ref, type Schema, text, whole, yesNo } from '../schema.js';
import { customerId, today } from './common.js';

const owner = orNull(text('Whose they are; null for everybody\'s. A key of role csm that names no owner gets its own.'));
const refs = (description: string) => list(ref('EventRef'), description);
const ledger = (whose: string) => record(`How ${whose} stand.`, {
  objectives: count('So many were set.'), open: count('Still open.'), overdue: count('Of these, so many are past their day.'), missed: count('Not reached.'),
  attained: count('Reached, as facts or a confirmed outcome show.'), declared: count('Reached, as we say, and nothing shows it.'),
});
const claims = record('What we say that the customer gained.', { claimed: count('The customer has not answered.'), confirmed: count('The customer agrees.'), disputed: count('The customer does not agree.') });
const ledgers = { theirs: ledger('goals of the customer'), ours: ledger('goals of ours'), outcomes: claims };
const when = record('What it answers.', { kind: choice(playbookKinds, 'What kind of fact.') }, { condition: choice(conditions, 'Which condition.'), workingDays: count('Unread for so many working days.') });
const nextMail = { next: orNull(instant('When the mail of the morning goes out next; null where none does.')), say: text('The same in words.') };

export const taskSchemas: Readonly<Record<string, Schema>> = {
  EventRef: record('What identifies a fact for ever.', { source: text('The system that told it.'), id: text('Its id there.') }),
  Task: record('Something to be done for a customer.', {
    task: text('Its number.'), what: text('What is to be done.'), dueOn: day('By when.'), owner: orNull(text('Who is to do it: whoever was named, else who looks after the customer; null where nobody does.')), hint: orNull(text('What to keep in mind; null for nothing.')),
    playbook: orNull(text('The playbook that asked for it; null for one by hand.')), step: orNull(text('Which of its tasks; null for one by hand.')), cause: orNull(text('What kind of fact called for it; null for none.')), because: orNull(ref('EventRef', 'That fact; null for none.')),
    state: choice(['open', 'done', 'dropped'], 'How it stands.'), until: orNull(day('The day from which it counts again, once it was put off; else null.')), outcome: orNull(text('What came of it; null while it is not done.')), reason: orNull(text('Why it was dropped; else null.')),
    createdAt: instant('When it was set.'), createdBy: text('By whom.'), endedAt: orNull(instant('When it was done or dropped; else null.')), endedBy: orNull(text('By whom; else null.')),
    customer: record('Of whom.', { id: text('Our id.'), name: orNull(text('The name; null where it is not known.')) }), overdue: yesNo('It is open, and its day is past.'),
  }),
  Tasks: record('Tasks by the day on which they are due; those that ended, the latest first.', { today, tasks: list(ref('Task'), 'In that order.'), more: count('How many more there are.'), owner }),
  TaskNoted: record('It was recorded.', { task: text('Its number.'), customer: customerId, position: position('Of the fact; send it as `minPosition` to read what it changed.') }),
  Playbook: record('What is to be done when something happens at a customer.', {
    playbook: text('Its id.'), label: text('What it is called.'), when, running: yesNo('Whether it makes tasks.'), builtIn: yesNo('One of ours that nobody has changed.'),
    tasks: list(record('One task.', { step: text('Its name.'), what: text('What is to be done.'), dueInWorkingDays: count('Due so many working days later.') }, { owner: text('Who is to do it.'), hint: text('What to keep in mind.') }), 'The tasks that it makes.'),
    decided: orNull(record('Who decided on it last; null where nobody did.', { by: text('Who.'), at: instant('When.'), reason: text('Why.') })),
  }, { segments: list(text('One of them.'), 'Only for customers of these segments.') }),
  Playbooks: record('All playbooks.', { playbooks: list(ref('Playbook'), 'Those built in first.') }),
  Outcome: record('Something that the customer gained, as we say.', {
    outcome: text('Its number.'), goal: orNull(text('Of which goal; null for none.')), what: orNull(text('In words; null where these are lost.')), evidence: refs('Facts that show it.'), state: choice(['claimed', 'confirmed', 'disputed'], 'What the customer says of it.'),
    claimedAt: instant('When we said so.'), answeredAt: orNull(instant('When the customer answered; else null.')), contact: orNull(record('Who answered; null where nobody did or was named.', { id: text('Our id.'), name: orNull(text('The name; null where it is not known.')) })), reason: orNull(text('Why not; else null.')),
  }),
  Objective: record('What the customer or we want to reach.', {
    goal: text('Its number.'), whose: choice(['customer', 'ours'], 'Who wants it.'), what: orNull(text('In words; null where these are lost.')), dueOn: orNull(day('By when; null where nobody said.')), percent: orNull({ type: 'number', description: 'How far it has come; null where nobody said.' }),
    state: choice(['open', 'attained', 'missed'], 'How it stands.'), evidence: refs('Facts that show that it was reached.'), proof: orNull(choice(['evidence', 'declared'], 'Of one that was reached: facts or a confirmed outcome show it, or we only say so; else null.')),
    setAt: instant('When it was set.'), endedAt: orNull(instant('When it was reached or missed; else null.')), outcomes: list(ref('Outcome'), 'What was gained by it.'),
  }),
  SuccessPlan: record('The success plan of a customer: its goals and ours, side by side.', {
    id: customerId, name: orNull(text('The name; null where it is not known.')), today, ledgers: record('Figures.', ledgers), theirs: list(ref('Objective'), 'Goals of the customer.'), ours: list(ref('Objective'), 'Goals of ours.'),
    outcomes: list(ref('Outcome'), 'Gained, and of no goal.'), note: orNull(text('What is missing, in a sentence; null where nothing is.')),
  }),
  SuccessPlans: record('The success plans of running customers.', {
    today, customers: count('Running customers.'), withoutGoal: count('Of these, so many have no goal of their own recorded.'), ...ledgers,
    items: list(record('One customer.', {
      id: customerId, name: orNull(text('The name; null where it is not known.')), owner: orNull(text('Who looks after it; null where nobody does.')), arr: list(ref('Money'), 'Annual recurring revenue, one amount per currency.'), band: text('The band of its health.'), ...ledgers, without: yesNo('No goal of its own is recorded.'),
    }), 'Those without a goal of their own first, then those with the most that is overdue, disputed or only declared.'),
    more: count('How many more there are.'), owner,
  }),
  StaffMember: record('Somebody who works for the tenant.', { id: text('The code under which facts know them.'), email: text('Where they are written to.'), roles: list(text('One.'), 'What they do.') }),
  Staff: record('Who works for the tenant.', { staff: list(ref('StaffMember'), 'By code.') }),
  StaffSet: record('Somebody who works for the tenant, as kept now.', { id: text('The code under which facts know them.'), email: text('Where they are written to.'), roles: list(text('One.'), 'What they do.'), ...nextMail }),
  MorningMail: record('When the mail of the morning goes out.', { ...nextMail, at: text("On the clock on the tenant's wall.", { examples: ['07:30'] }), on: yesNo('Whether it does.') }),
};

/** A part of an item of today's list. */
export const todayPart = record('One thing to be done for the customer.', {
  kind: choice(['call', 'recovery', 'task', 'answer'], 'What it is.'), id: text('To report it by; of a call the id of the customer.'), what: text('What is to be done.'), due: orNull(text('A day, or the moment at which a clock runs out; null for none.')),
  owner: orNull(text('Who is to do it; null where nobody is known.')), cost: whole("What a day's delay of it may cost.", { minimum: 0 }), because: text('How that is counted.'),
});
