import { refusals } from '#intake';

/** A way in which a request fails. */
export interface ProblemKind {
  readonly status: number;
  readonly title: string;
  /** What the sender does about it. */
  readonly remedy: string;
}

/** Problems of a whole request. Codes are published: never renamed, never reused. */
const requestProblems = {
  'unauthorized': { status: 401, title: 'The request carries no valid API key', remedy: 'Send Authorization: Bearer tl_<id>_<secret> with a key that is neither expired nor revoked.' },
  'forbidden': { status: 403, title: 'The key may not do this', remedy: 'Use a key of a role that may, or ask an administrator for one.' },
  'type-forbidden': { status: 403, title: 'The role of the key may not send facts of this type', remedy: 'Let the system that knows it send it, with a key of role ingest, or ask an administrator to.' },
  'not-own-fact': { status: 403, title: 'Somebody else told this fact', remedy: 'Ask who told it, or an administrator, to correct or take it back.' },
  'import-forbidden': { status: 403, title: 'The role of the key may not take back imports', remedy: 'Ask an administrator to take it back, or use a key of role ingest.' },
  'last-key': { status: 409, title: 'This is the last operator key of the installation', remedy: 'Make another first, with POST /v1/admin/keys and the role operator; then revoke this one.' },
  'not-found': { status: 404, title: 'There is nothing at this address', remedy: 'Check the path and the id; GET /openapi.json lists every path.' },
  'group-unknown': { status: 404, title: 'There is no group of this name', remedy: 'Take one of those; without `explain` and `key` the answer has their figures.' },
  'customer-unknown': { status: 404, title: 'There is no such customer', remedy: 'The id of another system is written system:id, such as crm:C-1001; a name is searched with GET /v1/customers?q=.' },
  'answer-unknown': { status: 404, title: 'There is no such answer', remedy: 'GET /v1/answers?state=all lists the answers with the numbers of their surveys.' },
  'answer-refused': { status: 409, title: 'This cannot be done with the answer as it stands', remedy: 'Look at it with GET /v1/answers/{survey}; `refusal` says why, as a code.' },
  'feedback-unknown': { status: 404, title: 'There is no such feedback', remedy: 'GET /v1/feedback lists it.' },
  'feedback-refused': { status: 409, title: 'This step cannot be done with the feedback as it stands', remedy: 'Look at it with GET /v1/feedback/{feedback}; `refusal` says why, as a code.' },
  'department-unknown': { status: 404, title: 'There is no such department', remedy: 'GET /v1/departments lists them; an administrator makes one with PUT /v1/departments/{department}.' },
  'outage-known': { status: 409, title: 'The outage was declared already', remedy: 'Add customers with POST /v1/outages/{outage}/customers, or give the new one a number of its own.' },
  'outage-number-taken': { status: 409, title: 'Customers have another outage of this number', remedy: 'Give the one that you declare a number of its own.' },
  'outage-unknown': { status: 404, title: 'No such outage was declared', remedy: 'Declare it with POST /v1/outages.' },
  'outage-resolved': { status: 409, title: 'The outage is over', remedy: 'If it came back, declare another one.' },
  'initiative-known': { status: 409, title: 'The initiative was started already', remedy: 'Link requests with POST /v1/initiatives/{initiative}/requests, or give the new one an id of its own.' },
  'initiative-unknown': { status: 404, title: 'No such initiative was started', remedy: 'GET /v1/demand/initiatives lists them; start one with POST /v1/initiatives.' },
  'initiative-over': { status: 409, title: 'The initiative is over', remedy: 'Look at it with GET /v1/demand/initiatives; start another one.' },
  'initiative-not-delivered': { status: 409, title: 'The initiative is not there yet', remedy: 'Say that it is with POST /v1/initiatives/{initiative}/deliver; then customers can be told.' },
  'report-unknown': { status: 404, title: 'No such report was published', remedy: 'GET /v1/reports lists them.' },
  'theme-unknown': { status: 404, title: 'No such theme was set', remedy: 'GET /v1/experience/themes lists them; an administrator makes one with PUT /v1/experience/themes/{theme}.' },
  'event-type-unknown': { status: 404, title: 'There is no such type of fact', remedy: 'GET /v1/event-types lists them.' },
  'model-unknown': { status: 404, title: 'There is no such model of churn risk', remedy: 'GET /v1/churn/models lists them.' },
  'model-in-force': { status: 409, title: 'The model is in force already', remedy: 'Nothing is to be done; GET /v1/churn/models says since when.' },
  'model-retired': { status: 409, title: 'The model is retired', remedy: 'Train another with POST /v1/churn/models, or promote this one again and state a reason.' },
  'model-not-better': { status: 409, title: 'The model does no better than the one in force', remedy: 'Leave the one in force, or promote it all the same and state a reason.' },
  'model-suspicious': { status: 409, title: 'The model looks too good to be true', remedy: 'Look at the columns named: they may know what comes. Take their facts back, or promote with a reason that names each of them.' },
  'too-little-history': { status: 409, title: 'There is too little history to learn from', remedy: 'Import when subscriptions began and ended, with observedAt, or ask for a longer window; until then the prior answers, and scorecards keep their weights.' },
  'scorecard-unknown': { status: 404, title: 'There is no such scorecard', remedy: 'GET /v1/scorecards lists them, with their versions.' },
  'scorecard-outdated': { status: 409, title: 'The draft was made from a version that is no longer the newest', remedy: 'Look at what changed with GET /v1/scorecards/{id}/diff, work it into yours, and send it with that version.' },
  'scorecard-flawed': { status: 422, title: 'The scorecard cannot score anybody as it is', remedy: 'Correct what the errors point at, and send it as another draft.' },
  'scorecard-in-force': { status: 409, title: 'This version of the scorecard is in force already', remedy: 'Nothing is to be done; GET /v1/scorecards says since when.' },
  'scorecard-not-published': { status: 409, title: 'No version of this scorecard is in force', remedy: 'Publish one with POST /v1/scorecards/{id}/publish.' },
  'scorecard-nothing-before': { status: 409, title: 'There is no version to go back to', remedy: 'Publish a version by its number with POST /v1/scorecards/{id}/publish.' },
  'scorecard-in-use': { status: 409, title: 'Customers are scored by this scorecard', remedy: 'Assign another one first, with POST /v1/scorecards/assignments/{perspective}.' },
  'no-override': { status: 409, title: 'No score is set by hand', remedy: 'Nothing is to be done: the computed score counts.' },
  'task-unknown': { status: 404, title: 'There is no such task', remedy: 'GET /v1/tasks lists them.' },
  'task-ambiguous': { status: 409, title: 'Several customers have a task of this number', remedy: 'Send task.done, task.snoozed or task.dropped of the customer meant, with POST /v1/events.' },
  'task-closed': { status: 409, title: 'The task is done or dropped already', remedy: 'Nothing is to be done; GET /v1/tasks?state=all says what came of it.' },
  'task-exists': { status: 409, title: 'There is a task of this number already', remedy: 'Give the new one a number of its own.' },
  'task-open': { status: 409, title: 'The same task is open for this customer', remedy: 'Do it or drop it first.' },
  'playbook-unknown': { status: 404, title: 'There is no such playbook', remedy: 'GET /v1/playbooks lists them.' },
  'playbook-stopped': { status: 409, title: 'The playbook makes no tasks', remedy: 'Nothing is to be done; PUT /v1/playbooks/{id} sets it again.' },
  'outcome-unknown': { status: 404, title: 'There is no such outcome', remedy: 'GET /v1/customers/{id}/success-plan lists them; claim one with goal.outcome-claimed.' },
  'staff-unknown': { status: 404, title: 'Nobody of yours has this code', remedy: 'GET /v1/staff lists them.' },
  'experiment-unknown': { status: 404, title: 'There is no such experiment', remedy: 'GET /v1/churn/experiments lists them.' },
  'experiment-exists': { status: 409, title: 'There is an experiment of this id already', remedy: 'Give the new one an id of its own; what was started is not changed.' },
  'experiment-ended': { status: 409, title: 'The experiment has ended already', remedy: 'Start another one.' },
  'experiment-shows-nothing': { status: 409, title: 'The experiment could never show anything', remedy: 'Wait until customers have left, take a larger share or segment, or look for a larger effect.' },
  'instrument-unknown': { status: 404, title: 'There is no such question', remedy: 'GET /v1/instruments lists them; one that is retired is asked no more.' },
  'instrument-in-use': { status: 409, title: 'A program asks this question', remedy: 'Stop the program first, with POST /v1/survey-programs/{id}/stop, or let it ask another.' },
  'survey-program-unknown': { status: 404, title: 'There is no such survey program', remedy: 'GET /v1/survey-programs lists them.' },
  'survey-program-stopped': { status: 409, title: 'The survey program is stopped already', remedy: 'Nothing is to be done; POST /v1/survey-programs sets it again.' },
  'recovery-unknown': { status: 404, title: 'There is no such recovery', remedy: 'GET /v1/recoveries?state=all lists them.' },
  'recovery-changed': { status: 412, title: 'Somebody else has changed the recovery', remedy: 'Look at it again with GET /v1/recoveries/{id}, and send what still holds with the version that it says.' },
  'recovery-closed': { status: 409, title: 'The recovery is closed', remedy: 'Open it again first, with POST /v1/recoveries/{id}/reopen.' },
  'recovery-open': { status: 409, title: 'The recovery is open', remedy: 'Nothing is to be done.' },
  'recovery-looked-at': { status: 409, title: 'Somebody has looked at the recovery before', remedy: 'Nothing is to be done; its story says who.' },
  'recovery-not-contacted': { status: 409, title: 'The customer was not contacted', remedy: 'Talk with the customer, and say so with POST /v1/recoveries/{id}/contact.' },
  'recovery-without-cause': { status: 409, title: 'The recovery has no cause', remedy: 'Name it with POST /v1/recoveries/{id}/cause.' },
  'recovery-without-prevention': { status: 409, title: 'Nothing was said of a prevention', remedy: 'Say what prevents the cause from coming back, or why nothing does, with POST /v1/recoveries/{id}/prevention.' },
  'recovery-same-owner': { status: 409, title: 'The recovery has this owner already', remedy: 'Nothing is to be done.' },
  'recovery-linked': { status: 409, title: 'The recovery is linked to it already', remedy: 'Nothing is to be done.' },
  'webhook-unknown': { status: 404, title: 'There is no such webhook', remedy: 'GET /v1/webhooks lists them.' },
  'webhooks-too-many': { status: 409, title: 'There are as many webhooks as there may be', remedy: 'Delete one that nobody needs, with DELETE /v1/webhooks/{id}.' },
  'delivery-unknown': { status: 404, title: 'There is no such delivery', remedy: 'GET /v1/webhooks/{id}/deliveries lists them; what was taken is forgotten after 7 days, what was given up after 30.' },
  'projection-unknown': { status: 404, title: 'There is no such read model', remedy: 'GET /v1/admin/projections lists them.' },
  'not-erased': { status: 404, title: 'There is no certificate of an erasure', remedy: 'GET /v1/erasures lists who was erased; POST /v1/contacts/{id}/erase erases, and finishes what was cut short.' },
  'problem-unknown': { status: 404, title: 'There is no such problem', remedy: 'GET /problems lists them.' },
  'key-unknown': { status: 404, title: 'There is no such key', remedy: 'List the keys with GET /v1/admin/keys.' },
  'method-not-allowed': { status: 405, title: 'The path does not answer this method', remedy: 'Use one of the methods that Allow names.' },
  'not-acceptable': { status: 406, title: 'The answer does not come in the form asked for', remedy: 'Accept one of the types in `offered`, or leave the Accept header out.' },
  'timeout': { status: 408, title: 'The request took too long to arrive', remedy: 'Send it again.' },
  'body-too-large': { status: 413, title: 'The body is too large', remedy: 'Send less at once; POST /v1/events/import takes a stream of any length.' },
  'unsupported-media-type': { status: 415, title: 'The content type is not one this door takes', remedy: 'Send one of the content types that the detail names.' },
  'unsupported-encoding': { status: 415, title: 'The content encoding is not one this door takes', remedy: 'Send the body as it is; POST /v1/events/import also takes gzip.' },
  'bad-request': { status: 400, title: 'The request cannot be read', remedy: 'Correct the request; the detail says what is wrong.' },
  'invalid-parameter': { status: 400, title: 'A parameter has a wrong value', remedy: 'Correct the parameters named; the page /docs says what each takes.' },
  'invalid-body': { status: 422, title: 'The body has a wrong value', remedy: 'Correct the fields named; the page /docs says what each takes.' },
  'empty-batch': { status: 422, title: 'The batch is empty', remedy: 'Send at least one event.' },
  'foreign-epoch': { status: 410, title: 'This life of the log has no such position', remedy: 'Go on from the position in `common`. What stood between it and yours, if anything did, may be lost and is best sent again.' },
  'not-yet-visible': { status: 503, title: 'The read model has not reached the position yet', remedy: 'Ask again after the seconds in Retry-After.' },
  'kafka-not-set': { status: 409, title: 'Kafka is not set up', remedy: 'Set KAFKA_URL for the API and the workers.' },
  'kafka-unavailable': { status: 503, title: 'Kafka cannot be asked', remedy: 'Look at KAFKA_URL of the API, and whether the brokers run; then ask again.' },
  'not-ready': { status: 503, title: 'The service is not ready', remedy: 'Ask again in a few seconds; an answer with the header Retry-After says in how many.' },
  'internal': { status: 500, title: 'Something failed on our side', remedy: 'Send the request again; if it fails again, report the requestId. Events are safe to send twice.' },
} as const satisfies Record<string, ProblemKind>;

export type ProblemCode = keyof typeof requestProblems | keyof typeof refusals;

const CONFLICTS = new Set<string>(['id-conflict', 'alias-taken', 'import-retracted']);

const refusalKinds = Object.fromEntries(Object.entries(refusals).map(([code, { title, remedy }]) =>
  [code, { status: statusOfRefusal(code), title, remedy }]));

/** Every code that an answer or a verdict can carry. A code that both tables know is described by the request's. */
export const problemKinds: Readonly<Record<string, ProblemKind>> = { ...refusalKinds, ...requestProblems };

export const kindOf = (code: ProblemCode): ProblemKind => problemKinds[code]!;

function statusOfRefusal(code: string): number {
  if (CONFLICTS.has(code)) return 409;
  if (code === 'batch-too-large') return 413;
  if (code === 'invalid-json') return 400;
  return code === 'import-unknown' || code === 'contact-unknown' ? 404 : 422;
}
