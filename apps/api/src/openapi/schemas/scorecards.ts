import { cardSchema } from '#journey';
import { choice, count, figure, instant, list, orNull, position, record, ref, type Schema, text, whole, yesNo } from '../schema.js';

const id = text('Id of the scorecard.', { examples: ['first-scorecard'] });
const version = (description: string) => whole(description, { minimum: 1 });
const band = (description: string) => choice(['healthy', 'watch', 'at-risk', 'unknown'], description);
const perspective = choice(['whole', 'payer', 'user'], 'The score that counts, or how payers and users see us.');
const traits = { segments: list(text('A segment.'), 'Only customers of these segments.'), industries: list(text('An industry.'), 'Only of these industries.'), regions: list(text('A region.'), 'Only of these regions.') };
const moves = {
  customers: count('Customers who have not ended, scored both ways; overrides do not count here.'), changed: count('So many came into another band.'), better: count('Into a better one.'), worse: count('Into a worse one.'),
  bands: list(record('From one band into another.', { from: band('Before.'), to: band('Now.'), customers: count('So many.') }), 'Who came from which into which.'),
};
const findings = list(record('One finding.', {
  level: choice(['error', 'warning'], 'With an error nobody can be scored.'), pointer: text('Where in the card, as a JSON pointer.'), say: text('What is wrong, and what to do.'),
}), 'What is wrong with it.');

/** As it is sent: the version says from which one it was made. */
const { version: _, ...sentFields } = cardSchema.properties;
export const sentCard: Schema = { ...cardSchema, description: 'A scorecard.', properties: { ...sentFields, version: version('The version that it was made from; left out for a new card.') }, required: cardSchema.required.filter((name) => name !== 'version') };

const estimate = (description: string) => record(description, { value: orNull(figure('The figure; null where it cannot be told.')), low: orNull(figure('Lower end of its 95 % interval.')), high: orNull(figure('Its upper end.')) });
const drafted: Schema = record('What came of a draft.', {
  id, version: version('The version that it is.'), status: choice(['drafted', 'unchanged'], '`unchanged`: it was stored so already, and nothing was added.'), position: orNull(position('Of the fact; null where nothing was added.')), findings,
});

export const scorecardSchemas: Readonly<Record<string, Schema>> = {
  Scorecard: { ...cardSchema, description: 'A scorecard: data that turns what is known of a customer into points. How is in the README of libs/insight.' },
  ScorecardDecision: record('Something that was decided.', {
    what: choice(['drafted', 'published', 'reverted', 'retired', 'assigned'], 'What.'), at: instant('When.'), by: ref('Actor', 'Who.'), position: position('Of the fact that says so.'), reason: text('Why.'),
    version: orNull(version('Of which version; null where it is about none.')), effect: { description: 'Of a publication or an assignment: whose band changed by it; else null.', anyOf: [record('Whose band changed.', moves), { type: 'null' }] },
    proposal: { description: 'Of a draft whose weights outcomes proposed: what speaks for them, as the fact `scorecard.drafted` holds it; else null.', anyOf: [{ type: 'object', additionalProperties: true }, { type: 'null' }] },
  }),
  ScorecardSummary: record('A scorecard in short.', {
    id, label: text('What it is called.'), state: choice(['draft', 'in-force', 'retired'], '`in-force`: published, so that it can be assigned.'), published: orNull(version('The version in force; null where none is.')), newest: version('The newest version.'),
    assigned: list(perspective, 'From which points of view it scores somebody.'), decisions: list(ref('ScorecardDecision'), 'In order.'),
  }),
  ScorecardAssignment: record('Who is scored by which card.', {
    rules: list(record('All that it names must fit.', { card: id }, traits), 'The first that fits says which card.'), otherwise: orNull(text('The card of everybody else; null: nobody else is looked at so.')),
  }),
  Scorecards: record('All scorecards.', {
    scorecards: list(ref('ScorecardSummary'), 'In the order in which they were drafted.'), decisions: list(ref('ScorecardDecision'), 'About who is scored by which, in order.'),
    assignments: record('By point of view; null where nobody decided: then the first scorecard scores everybody, and nobody is looked at as payer or user.', Object.fromEntries(['whole', 'payer', 'user'].map((name) => [name, { description: 'Of this one.', anyOf: [ref('ScorecardAssignment'), { type: 'null' }] }]))),
  }),
  ScorecardAnswer: record('A scorecard in full.', { summary: ref('ScorecardSummary'), card: ref('Scorecard') }),
  ReadyMadeScorecards: record('Scorecards to begin with.', { scorecards: list(ref('Scorecard'), 'Each as it could be drafted.') }),
  ScorecardChecked: record('What a scorecard is worth before anybody is scored by it.', {
    publishable: yesNo('Whether it could be published as it is.'), findings,
    coverage: { description: 'Of how many customers its measures are known; null for a card that cannot score anybody.', anyOf: [record('Of customers who have not ended, 2,000 at most.', { customers: count('So many were looked at.'), measures: list(record('One measure.', { id: text('Its id.'), known: count('Of so many it is known.'), share: figure('Of all that were looked at.', { minimum: 0, maximum: 1 }) }), 'In the order of the card.') }), { type: 'null' }] },
  }),
  ScorecardDiff: record('What one version changed of another.', {
    id, from: version('The earlier one.'), to: version('The later one.'),
    changes: list(record('One change.', {
      path: text('Of what: `card`, `group:ID` or `measure:ID`.'), kind: choice(['added', 'removed', 'changed'], 'What happened to it.'), say: text('In words.'),
      field: orNull(text('What of it; `share`, of the whole score, where only weights of others changed. Null where it was added or removed.')), before: { description: 'As it was.' }, after: { description: 'As it is.' },
    }), 'The changes.'),
  }),
  ScorecardDrafted: drafted,
  ScorecardRetired: record('What came of it.', { id, status: choice(['retired'], 'Done.'), position: position('Of the fact.') }),
  ScorecardSimulationLine: {
    description: 'One line of the answer to a simulation.',
    anyOf: [
      record('How far it is.', { progress: record('So far.', { of: text('What is being done.'), done: count('So much of it.'), all: count('So much there is.') }) }),
      record('The last line.', {
        simulation: { type: 'object', additionalProperties: true, description: 'What was found, `say` in a sentence: `turns` (customers by their band as published and by the draft, on the last day), `months` (customers per band), `movers`, `churns` (days of warning before each departure), `leads` (their medians), `alarms` (by month; a customer who comes to at-risk, and whether notice follows within 90 days), `ranking` (AUC and lift within months). Points of movers are points of 100, as in the health.' },
        madeFrom: record('From what; both given again make the same.', { knownAt: instant('What was known then counted.'), upTo: position('The facts up to here counted.'), held: count('Customers of whom a fact cannot be read; they are in no figure.') }),
      }, { page: text('The same drawn, when asked for: HTML in one file.') }),
      record('The last line when it came to nothing.', { problem: ref('Problem') }),
    ],
  },
  ScorecardProposalLine: {
    description: 'One line of the answer to the question which weights outcomes propose.',
    anyOf: [
      record('How far it is.', { progress: record('So far.', { of: text('What is being done.'), done: count('So much of it.'), all: count('So much there is.') }) }),
      record('The last line.', {
        proposal: record('The proposal.', {
          of: record('For which card.', { id, version: version('Its version.') }), horizonDays: count('Days ahead in which notice came.'), seed: whole('Seed of the intervals.', { minimum: 0 }),
          rows: count('Customers at month ends.'), leavers: count('Of the rows, so many before a departure.'), departures: count('So many customers left.'), priorDepartures: count('So many departures would count as much as the present weights.'),
          weights: list(record('Of one measure.', {
            measure: text('Its id.'), was: figure('Its weight.'), proposed: figure('The weight that is proposed.'), low: figure('Lower end of the 95 % interval.'), high: figure('Its upper end.'), say: text('What became of it and why.'),
          }), 'In the order of the card.'),
          ranking: orNull(record('How well both rank who leaves, among customers of the same month end, on time that the weights had not seen; null where that cannot be tried.', {
            rows: count('Rows of that time.'), leavers: count('Of them, so many before a departure.'), accounts: count('Parent accounts; what is resampled.'),
            figures: list(record('One figure.', { name: choice(['auc', 'lift10'], 'The AUC, or the lift of the tenth with the lowest scores.'), published: estimate('With the present weights.'), draft: estimate('With weights that would have been proposed at the time.'), ahead: estimate('So much more the latter is.') }), 'Both.'),
          })),
          verdict: choice(['better', 'worse', 'no better', 'not tried'], 'By the interval of the difference of the AUC: `no better` where it holds 0.'), say: text('That in two sentences.'), card: { ...sentCard, description: 'The card with these weights.' },
        }),
        madeFrom: record('From what; given again, it makes the same.', {
          from: text('Rows are of month ends from this day on.'), to: text('Up to this day.'), gapDays: count('Always 0.'), knownAt: instant('What was known then counted.'), upTo: position('The facts up to here counted.'),
          customers: count('Customers whose stories were read.'), rows: count('Rows, also those whose outcome is open.'), held: count('Customers of whom a fact cannot be read; nothing of them counts.'),
        }),
        drafted: { description: 'What was stored; null where no draft was asked for.', anyOf: [ref('ScorecardDrafted'), { type: 'null' }] },
      }),
      record('The last line when it came to nothing.', { problem: ref('Problem') }),
    ],
  },
  ScorecardLine: {
    description: 'One line of the answer to a publication, a reversion or an assignment.',
    anyOf: [
      record('How far it is with counting.', { progress: record('So far.', { of: text('What is being done.'), done: count('So much of it.'), all: count('So much there is.') }) }),
      record('The last line.', { published: record('What came into force.', { reason: text('Why.'), position: position('Of the fact.'), scores: yesNo('Whether anybody is scored by it.'), visible: yesNo('Whether lists and answers show it already; else they follow, and `minPosition` waits for them.'), effect: { description: 'Whose band changed; null where the score that counts comes from the same cards as before.', anyOf: [record('Whose band changed.', { ...moves, held: count('Customers of whom a fact cannot be read; they are in no figure.') }), { type: 'null' }] } }, {
        card: id, version: version('The version in force.'), revertedFrom: version('The version that was in force before.'), perspective, rules: list(record('A rule.', { card: id }, traits), 'The rules.'), otherwise: orNull(text('The card of everybody else.')),
      }) }),
      record('The last line when it came to nothing.', { problem: ref('Problem') }),
    ],
  },
};
