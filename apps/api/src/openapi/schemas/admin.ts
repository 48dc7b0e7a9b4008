import { roleNames } from '../../access/roles.js';
import { choice, count, figure, instant, list, orNull, position as positionOf, record, ref, type Schema, text, whole, yesNo } from '../schema.js';

const key = {
  id: text('Names the key; also the first part of its text.', { pattern: '^[a-f0-9]{16}$' }),
  name: text('What the key is for.'),
  role: choice(roleNames, 'What the key may do.'),
  actor: ref('Actor', 'In whose name the key acts; written on each event.'),
  createdAt: instant('When it was made.'),
  expiresAt: instant('When it ends.'),
  revokedAt: orNull(instant('When it was revoked; null while it is good.')),
};
const secret = text('The key itself. It is shown this once and not kept.', { pattern: '^tl_[a-f0-9]{16}_[A-Za-z0-9_-]{43}$' });

export const adminSchemas: Readonly<Record<string, Schema>> = {
  Keys: record("Keys of the caller's tenant.", { keys: list(record('A key without its secret.', key), 'Oldest first.') }),
  NewKey: record('A key and its secret.', { key: secret, ...key }),
  RotatedKey: record('A key and its new secret.', { key: secret, ...key, formerUntil: instant('Until when the former secret stays good.') }),
  Projections: record('The read models.', { projections: list(record('One generation of a read model.', {
    name: text('Its name.', { examples: ['customers'] }),
    generation: whole('Raised by each rebuild.', { minimum: 1 }),
    version: text('Of the code that fills it; empty for rows of before versions were written down.'),
    live: yesNo('True for the generation that is read.'),
    position: count('Number of the last position that it has applied.'),
    head: count('Number of the last position of the log.'),
    behind: count('Positions still to come: at most so many events.'),
    lagSeconds: figure('Age of the oldest event not yet applied, in seconds.', { minimum: 0 }),
    built: orNull(record('How far the build has come.', { customers: count('Customers done.'), of: count('Customers in all.') })),
    waiting: record('Customers to be computed anew after late facts, though every position is applied.', { customers: count('How many.'), seconds: figure('How long the first has waited.', { minimum: 0 }) }),
    state: choice(['live', 'building', 'kept'], '`building` is on its way to take over; `kept` was live and follows on, so that the switch can be undone.'),
    parked: count('Customers that are held back.'),
    stopped: orNull(record('Nothing is applied until it is resumed; null while it runs.', {
      since: instant('Since when.'), cause: text('What went wrong.'), customers: count('Customers that were parked for it.'), text: text('What to do.'),
    })),
    workers: count('Workers that hold its partitions.'),
    comparison: orNull(ref('Comparison', 'The last one; null when there was none.')),
  }), 'By name and generation.') }),
  Comparison: record('Two generations, customer by customer, at equal positions.', {
    live: whole('The one that is read.', { minimum: 1 }), other: whole('The one beside it.', { minimum: 1 }), at: instant('When.'),
    customers: count('Customers looked at.'), different: count('Customers that differ.'), moving: count('Customers of whom facts kept arriving, so that no equal moment was found.'),
    examples: list({ type: 'object', description: 'A customer of the tenant, with the columns that differ and their values.' }, 'Some of those that differ.'),
  }),
  Findings: record('What the doctor saw.', { findings: list(record('Of one thing.', {
    check: text('What was looked at; for a read model its name.', { examples: ['floor'] }), status: choice(['fine', 'warns', 'fails'], '`fails`: people get no or wrong answers; `warns`: they will, if nobody looks.'),
    says: text('What was seen.'), remedy: orNull(text('What to do; null when there is nothing to do.')),
  }), 'Floor, log, rights, read models.') }),
  VerifyLine: {
    description: 'One line of the answer to a verification.',
    anyOf: [
      record('How far it is.', { progress: record('So far.', { of: text('`log`, `ids`, `streams` or `aliases`, or the name of a read model.'), done: count('So many events, ids, streams or aliases; of a read model, customers.') }) }),
      record('The last line, when it came to its end.', { report: ref('VerifyReport') }),
      record('The last line, when it did not.', { problem: ref('Problem') }),
    ],
  },
  VerifyReport: record('What was looked at and what differs.', {
    equal: yesNo('Whether nothing differs.'), seconds: figure('How long it took.', { minimum: 0 }),
    log: record('The log in numbers.', { events: count('Events looked at.'), ids: count('Ids.'), streams: count('Streams.'), flaws: count('What does not hold.') }),
    directory: record('Which customer another system\'s id means, against the log.', { aliases: count('Aliases looked at.'), flaws: count('What does not hold.') }),
    projections: list(record('One generation of a read model.', {
      projection: text('The read model.'), generation: whole('Of it.', { minimum: 1 }), live: yesNo('Whether it is the one that is read.'), customers: count('Customers who were folded from the log.'),
      different: count('Whose rows differ.'), held: count('Held back by a bad fact; compared with the fold before it.'), waiting: count('Whose rows wait to be computed anew; not judged.'),
    }), 'By name.'),
    flaws: list(record('Something that does not hold in the log or in the directory of aliases.', {
      check: choice(['ids', 'keys', 'streams', 'parked', 'checkpoints', 'aliases'], 'What was looked at.'), tenant: orNull(text('Whose; null when nobody\'s.')), says: text('What is wrong.'),
    }), 'The first twenty of each.'),
    differences: list(record('A row that is not what the log says.', {
      projection: text('The read model.'), generation: whole('Of it.', { minimum: 1 }), table: text('Its table.'), tenant: text('The tenant.'), customer: orNull(text('Our id of the customer; null in a table that speaks of none.')),
      row: { type: 'object', description: 'What else identifies the row.' }, columns: list(text('A column.'), 'Columns that differ; empty when the row is missing on one side.'),
      stored: { type: ['object', 'null'], description: 'What is stored; null when there is no such row.' }, folded: { type: ['object', 'null'], description: 'What the log says; null when it knows no such row.' },
      failure: orNull(text('Why it could not be folded; null when it could.')),
    }), 'The first twenty.'),
  }),
  EpochBegun: record('A new epoch.', { position: positionOf('Where the log stands, in the new epoch.') }),
  ParkedList: record('Customers that are held back.', { parked: list(ref('Parked'), 'By read model.') }),
  Parked: record('One customer that a fact holds back.', {
    projection: text('The read model.'), generation: whole('Of it.', { minimum: 1 }), live: yesNo('Whether that generation is read.'), partition: count('Of it.'),
    tenant: text('The tenant.'), customer: text('Our id of the customer.'), position: positionOf('Of the fact that could not be handled.'), type: text('Its type.'),
    error: text('What went wrong.'), cause: text('The kind of failure: many customers with one cause stop the read model.'), since: instant('Since when.'),
    waiting: count('Facts that wait behind it.'),
    events: list(record('A fact that waits.', { position: positionOf('Its place in the log.'), type: text('Its type.'), source: text('System that sent it.'), id: text("That system's id of it.") }), 'In their order.'),
  }),
  Retried: record('What has become of the customers that were tried.', { tried: count('How many.'), freed: count('How many are back in step.'), parked: list(ref('Parked'), 'Who is still held.') }),
  Switched: record('The other generation is read now.', { name: text('The read model.'), live: whole('The generation that is read now.', { minimum: 1 }), kept: whole('The one that was.', { minimum: 1 }) }),
  Dropped: record('What was dropped.', { name: text('The read model.'), dropped: list(whole('A generation.', { minimum: 1 }), 'Their numbers.') }),
  Resumed: record('Whether it goes on.', { name: text('The read model.'), resumed: yesNo('False when it had not stopped.') }),
  RebuildBegun: record('A new generation is being built.', { name: text('The read model.'), generation: whole('Its number.', { minimum: 1 }), dropped: list(whole('A generation.', { minimum: 1 }), 'Generations that were kept for going back and were dropped for it.') }),
  Problems: record('Every problem that an answer or a verdict can carry.', { problems: list(ref('ProblemKind'), 'By code.') }),
  ProblemKind: record('A kind of problem.', {
    type: text('Its address.', { format: 'uri-reference' }), code: text('Its stable code.'), status: whole('The HTTP status that it comes with.', { minimum: 400, maximum: 599 }),
    title: text('What it means.'), remedy: text('What to do.'),
  }),
  Live: record('The process answers.', { status: choice(['live'], 'Always `live`.') }),
  Ready: record('The process can do its work.', { status: choice(['ready'], 'Always `ready`.') }, { degraded: list(text('A name, such as `customers`.'), 'Read models that have stopped; their answers grow old.') }),
};
