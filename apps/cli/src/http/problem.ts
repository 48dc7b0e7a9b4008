/** RFC 9457, as the API sends it. */
export interface ApiProblem {
  readonly title?: string;
  readonly status?: number;
  readonly detail?: string;
  readonly remedy?: string;
  readonly code?: string;
  readonly pointer?: string;
  readonly requestId?: string;
  readonly errors?: readonly { readonly pointer?: string; readonly detail?: string }[];
}

/** What to do, where the API says it in words of HTTP. */
const HERE: Readonly<Record<string, string>> = {
  'unauthorized': 'Give one that is neither expired nor revoked with --key or TOUCHLINE_KEY; `npm start` prints the one it made.',
  'customer-unknown': 'Name the customer by our id, by system:id such as crm:C-1001, or by the name.',
  'contact-unknown': 'Name the person by our id, by system:id, or by the e-mail address that facts gave.',
  'answer-unknown': '`touchline answers --state all` lists the answers with the numbers of their surveys.',
  'answer-refused': 'Look at it with `touchline answers show`.',
  'feedback-unknown': '`touchline feedback` lists it.',
  'feedback-refused': 'Look at it with `touchline feedback show`.',
  'department-unknown': '`touchline feedback departments` lists them; an administrator makes one with `touchline feedback department`.',
  'instrument-unknown': '`touchline survey instruments` lists them; one that is retired is asked no more.',
  'instrument-in-use': 'Stop the program first, with `touchline survey stop`, or let it ask another.',
  'survey-program-unknown': '`touchline survey programs` lists them.',
  'survey-program-stopped': 'Nothing is to be done; `touchline survey set` sets it again.',
  'task-unknown': '`touchline task list` shows them.',
  'task-closed': 'Nothing is to be done; `touchline task list --state all` says what came of it.',
  'playbook-unknown': '`touchline playbook list` shows them.',
  'playbook-stopped': 'Nothing is to be done; `touchline playbook set` sets it again.',
  'projection-unknown': '`touchline projections list` shows them.',
  'report-unknown': '`touchline report list` lists what was published.',
  'not-found': 'Check what you named; --help says what the command takes.',
  'recovery-unknown': '`touchline recoveries --state all` lists them.',
  'recovery-changed': 'Look at it again with `touchline recovery show`.',
  'recovery-closed': 'Open it again first: `touchline recovery reopen`.',
  'recovery-not-contacted': 'Talk with the customer, and say so with `touchline recovery contact`.',
  'recovery-without-cause': 'Name it with `touchline recovery cause`.',
  'recovery-without-prevention': 'Say what prevents it, or why nothing does, with `touchline recovery prevention`.',
  'scorecard-unknown': '`touchline scorecard list` shows them, with their versions.',
  'scorecard-outdated': 'Look at what changed with `touchline scorecard diff`, work it into yours, and draft it with that version.',
  'scorecard-flawed': 'Correct what is pointed at, draft it again, and publish that.',
  'scorecard-in-force': 'Nothing is to be done; `touchline scorecard list` says since when.',
  'scorecard-not-published': 'Publish it first: `touchline scorecard publish`.',
  'scorecard-nothing-before': 'Publish a version by its number: `touchline scorecard publish --version-of`.',
  'scorecard-in-use': 'Assign another one first: `touchline scorecard assign`.',
  'invalid-parameter': '--help says what the command takes.',
  'invalid-body': '--help says what the command takes.',
  'not-ready': 'Try again in a few seconds; `touchline doctor` says what is wrong.',
  'not-yet-visible': 'Try again in a few seconds.',
  'internal': 'Try again; if it fails again, tell who runs this the number of the request.',
};

/** Fields that a command takes by another name. */
const OPTIONS: Readonly<Record<string, string>> = { '/dueOn': '--due', '/noneBecause': '--none-because', '/answerWithinHours': '--hours' };

/** A problem as a person reads it: what, why and what to do, where, and which request it was. Nothing is said twice. */
export function problemText({ title, status, detail, remedy, code, pointer, errors, requestId }: ApiProblem): string {
  const what = remedy !== undefined && detail?.endsWith(remedy) ? detail.slice(0, -remedy.length).trim() : detail;
  const todo = remedy === undefined ? undefined : HERE[code ?? ''] ?? remedy;
  const places = (errors?.length ? errors : pointer ? [{ pointer, detail: what }] : []).map((place) => ({ ...place, pointer: OPTIONS[place.pointer ?? ''] ?? place.pointer }));
  return [
    `${title ?? 'The request failed'}${code === undefined && status === undefined ? '' : ` (${[code, status].filter((part) => part !== undefined).join(', ')})`}`,
    ...(what ? [`  ${what}`] : []),
    ...places.filter((place) => place.pointer).map((place) => `  at ${place.pointer}${!place.detail || what?.includes(place.detail) ? '' : `: ${place.detail}`}`),
    ...(todo === undefined ? [] : [`  ${todo}`]),
    ...(requestId === undefined ? [] : [`  request ${requestId}`]),
  ].join('\n');
}

/** The problem in an answer, whatever its form. */
export function problemOf(status: number, body: string): ApiProblem {
  try {
    const parsed = JSON.parse(body) as unknown;
    if (typeof parsed === 'object' && parsed !== null) return { status, ...parsed };
  } catch {
    // Not JSON: a proxy, or another server.
  }
  return { status, title: `The answer was HTTP ${status}`, ...(body.trim() === '' ? {} : { detail: body.trim().slice(0, 200) }) };
}
