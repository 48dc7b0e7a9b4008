import { ANSWER_FILTERS, FEEDBACK_FILTERS } from '#read-model';
import { choice, count, day, figure, instant, list, orNull, position, record, ref, type Schema, text, whole, yesNo } from '../schema.js';
import { customerId, today } from './common.js';

const person = (description: string) => orNull(record(description, { id: text('Our id of the contact.'), name: orNull(text('Null when it was erased or never sent.')) }));
const minutes = (description: string) => orNull(figure(description, { minimum: 0 }));
const noted = { position: position('Of the fact; send it as `minPosition` to read what it changed.') };

const answerFields: Readonly<Record<string, Schema>> = {
  survey: text('Number of the asking.', { examples: ['V-901'] }),
  customer: record('Whose answer it is.', { id: customerId, name: orNull(text('Null until somebody registers the customer.')), owner: orNull(text('Who looks after the customer; null: nobody does.')), segment: orNull(text('As registered.')), arr: list(ref('Money'), 'Annual recurring revenue, one amount per currency.') }),
  state: choice(ANSWER_FILTERS.filter((state) => state !== 'all'), 'Nobody has read it; somebody has; somebody has and something came of it; or it came with history, and nobody that we know of has read it.'),
  instrument: record('The question.', { kind: text('What kind: nps, csat, ces, xla or custom.'), name: orNull(text('What it is called.')), min: figure('Worst answer possible.'), max: figure('Best answer possible.'), bar: orNull(figure('An answer below it is a miss; null where the usual bar of its kind counts.')) }),
  score: figure('The answer, on that scale.'),
  verdict: choice(['miss', 'neutral', 'excellent'], 'What it says of us.'),
  subject: orNull(text('What the question was about.')), role: orNull(text('In which role the person answered.')), contact: person('Who answered; null when not known.'),
  ticket: orNull(record('The ticket that it is about; null for none.', { id: text('Its number.'), queue: orNull(text('Where it is or was.')), subject: orNull(text('Its subject line.')) })),
  words: orNull(text('What the person wrote; null where nothing was written, or it was erased.')), lostMinutes: orNull(figure('Minutes of work lost, as the person says.')),
  wantsContact: yesNo('The person asked to be contacted.'), complaint: yesNo('Somebody of ours took it for a complaint.'),
  answeredAt: instant('When it was first given.'), revisedAt: orNull(instant('When it was changed last; it is unread again then.')),
  viewers: list(record('One who read it.', { viewer: text('Code of the person.'), role: orNull(text('In which role.')), at: instant('When first.'), lastAt: instant('When last.') }), 'Who of ours read it, in order.'),
  setAside: orNull(record('That there is nothing to do; null where nobody said so.', { at: instant('When it was said.'), reason: text('Why, as a code.') })),
  recovery: orNull(record('The recovery that deals with it; null where there is none.', { id: text('Its number.'), state: text('open or closed.'), contacted: yesNo('Somebody of ours talked with the customer about it.') })),
  waited: record('How long it waited, or has waited, for its first look.', { minutes: count('Minutes on the wall.'), workingMinutes: count('Minutes of working time.') }),
};

const feedbackFields: Readonly<Record<string, Schema>> = {
  feedback: text('Our id of it.'), customer: record('Whose it is.', { id: customerId, name: orNull(text('Null until somebody registers the customer.')), owner: orNull(text('Who looks after the customer.')) }),
  step: choice(FEEDBACK_FILTERS.filter((step) => step !== 'open' && step !== 'all'), 'How far it has come.'), what: orNull(text('What they want; null where it was erased.')), contact: person('Who said it; null when not known.'),
  survey: orNull(text('The survey whose answer it comes out of.')), ticket: orNull(text('The ticket it comes out of.')), talk: orNull(record('The fact about a talk it comes out of.', { source: text('System that sent it.'), id: text("That system's id of it.") })),
  themes: list(text('A code.'), 'What it is about.'), department: orNull(record('Who has it, or had it last; null: nobody.', { id: text('Id of the department.'), name: orNull(text('Null where there is no such department any more.')), owner: orNull(text('Who answers for it.')) })),
  raisedAt: instant('When it was raised.'), routedAt: orNull(instant('Since when that department has it.')), toldAt: orNull(instant('When the customer learned what became of it.')),
  turns: list(record('The turn of a department.', {
    department: text('Its id.'), routedAt: instant('Sent to it.'), acceptedAt: orNull(instant('Taken on.')), answeredAt: orNull(instant('Answered.')), declinedAt: orNull(instant('Declined.')), reason: orNull(text('Why it declined.')), movedAt: orNull(instant('Sent on to another.')),
  }), 'Every department that had it, in order.'),
  workingMinutes: orNull(count('Working minutes that the last department has had, or had it.')), overdue: yesNo('It has had it for longer than it should, and has not answered.'),
};

const byWhom = ref('Actor', 'Who did it.');
const evidence = { source: text('System that sent the fact.'), id: text("That system's id of it.") };
export const waits = (description: string) => record(description, {
  mean: ref('Share', 'Mean of those that are over.'), median: minutes('When half are over, those that wait counted as far as they have waited; null where so many are not.'), p90: minutes('When nine tenths are.'), waiting: count('Not over yet.'),
});

export const answerSchemas: Readonly<Record<string, Schema>> = {
  AnswersPage: record('A page of answers.', { today, order: text('How they are ordered, in a sentence.'), answers: list(ref('SurveyAnswer'), 'In that order.'), next: orNull(text('Pass it as `cursor` for the next page; null at the end.')) }),
  SurveyAnswer: record('One answer.', answerFields),
  AnswerStory: record('One answer with everything that came of it.', {
    ...answerFields, today,
    story: list(record('One step.', { at: instant('When.'), type: text('Type of the fact.'), words: text('As a clause.'), by: byWhom, score: orNull(figure('The answer, where it is one.')), said: orNull(text('What was written or noted.')), ...evidence }), 'What happened to it, in order.'),
    feedback: list(ref('FeedbackLine'), 'What was sent to departments out of it.'),
  }),
  Share: record('A figure and what it stands on.', { n: count('So many were counted.'), value: orNull(figure('The figure; null where nothing can be said.')), low: orNull(figure('Lower end of the 95 % interval.')), high: orNull(figure('Its upper end.')) }),
  AnswersSummary: record('How answers are dealt with.', {
    today, from: day('The first day on which they were given.'), to: day('The last.'), answered: count('So many were given.'), history: count('Of these, told of long after they were given and read by nobody that we know of: no share counts them.'), unread: count('Nobody has read them as they are now.'),
    oldestUnread: orNull(record('How long the oldest has waited; null where none is unread.', { minutes: whole('On the wall.'), workingMinutes: whole('Working time.') })),
    seen: record('Of those given long enough ago, the share that was read in time.', { within: count('In so many days.'), byAnybody: ref('Share', 'By anybody.'), byExecutive: ref('Share', 'By an executive.') }),
    actedOn: ref('Share', 'Read, and set aside with a reason, or dealt with.'), firstLook: record('From the answer to the first look, in minutes.', { wall: waits('On the wall.'), working: waits('Working time.') }),
  }),
  AnswerViewed: record('That the caller read it.', { survey: text('Number of the asking.'), viewer: text('Who.'), noted: yesNo('False where they had read it before.'), position: orNull(position('Of the fact; null where none was needed.')) }),
  AnswerNoted: record('The fact was recorded.', { customer: customerId, ...noted }),
  FeedbackList: record('Feedback, the oldest first.', { feedback: list(ref('FeedbackLine'), 'In that order.'), more: count('How many more there are.') }),
  FeedbackLine: record('One piece of feedback.', feedbackFields),
  FeedbackStory: record('One piece of feedback with its story.', {
    ...feedbackFields,
    story: list(record('One step.', { at: instant('When.'), type: text('Type of the fact.'), words: text('As a clause.'), department: orNull(text('Which department.')), by: byWhom, said: orNull(text('What was said or noted.')), reason: orNull(text('Why, as a code.')), ...evidence }), 'In order.'),
  }),
  FeedbackNoted: record('The step was recorded.', { feedback: text('Our id of it.'), customer: customerId, ...noted }),
  Departments: record('Departments and how they deal with feedback; times are working minutes.', {
    departments: list(record('One of them.', {
      id: text('Its id.'), name: orNull(text('Null for one that there is no longer.')), owner: orNull(text('Who answers for it.')), answerWithinHours: orNull(count('Working hours within which it is to answer.')), routed: count('So often it was sent feedback.'),
      open: count('It is to answer still.'), unaccepted: count('Of these, not accepted.'), overdue: count('Of these, with it for longer than it should.'), answered: count('Answered.'), declined: count('Declined.'), movedOn: count('Sent on before it answered.'),
      oldestMinutes: orNull(count('How long the oldest open one has been with it.')), toAccept: waits('From being sent to being accepted; without turns that were declined or sent on before.'), toAnswer: waits('From being sent to the answer; without turns that were declined or sent on.'),
    }), 'By id.'),
    unrouted: count('Raised and sent to nobody.'), untold: count('Answered or declined, but nobody told the customer.'),
  }),
  DepartmentNoted: record('It was recorded.', { department: text('Its id.'), ...noted }),
};
