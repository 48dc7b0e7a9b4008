import { describe, expect, it } from '@jest/globals';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import type { JSONSchema } from 'json-schema-to-ts';
import { type DataFor, eventTypes, familyOf, findType, isTenantType, schemaOf } from './catalogue.js';
import { keywords } from './shapes.js';

type Schema = Exclude<JSONSchema, boolean> & { readonly personal?: boolean; readonly hashed?: boolean };

const ajv = new Ajv({ strict: true, allErrors: true });
formats.default(ajv);
ajv.addVocabulary([...keywords]);
const versions = eventTypes.flatMap(({ type, version, schema, example, older = {} }) => [
  { type, version, schema: schema as Schema, example },
  ...Object.entries(older).map(([old, { schema: oldSchema, example: recorded }]) => ({ type, version: Number(old), schema: oldSchema as Schema, example: recorded })),
]);
const named = versions.map((one) => [`${one.type} v${one.version}`, one] as const);

describe('Every type of fact', () => {
  it.each(named)('%s shows an example that its own schema takes', (_, { schema, example }) => {
    const validate = ajv.compile(schema);
    validate(example);
    expect(validate.errors ?? []).toEqual([]);
  });

  it.each(named)('%s takes no field that it does not know', (_, { schema, example }) => {
    expect(ajv.validate(schema, { ...example, surprise: 1 })).toBe(false);
  });

  it.each(named)('%s says what each of its fields means', (_, { schema }) => {
    expect(fieldsOf(schema).filter(([, field]) => !field.description).map(([path]) => path)).toEqual([]);
  });

  it.each(named)('%s bounds every text, list and number', (_, { schema }) => {
    expect(fieldsOf(schema).filter(([, field]) => !isBounded(field)).map(([path]) => path)).toEqual([]);
  });

  it.each(named)('%s holds no free text that is not marked as personal', (_, { schema }) => {
    const loose = fieldsOf(schema).filter(([, { type, enum: values, format, pattern, personal, hashed }]) => {
      const isCode = pattern !== undefined && !new RegExp(pattern, 'u').test('ines.vogt@otterbank.example');
      return type === 'string' && personal !== true && hashed !== true && !values && !format && !isCode;
    });
    expect(loose.map(([path]) => path)).toEqual([]);
  });

  it('has a name and a description of its own', () => {
    expect(new Set(eventTypes.map(({ type }) => type)).size).toBe(eventTypes.length);
    expect(new Set(eventTypes.map(({ description }) => description)).size).toBe(eventTypes.length);
    expect(eventTypes.filter(({ description }) => description.split(/[.:;] /).length > 2)).toEqual([]);
  });

  it('keeps every version since the first', () => {
    for (const { version, older = {} } of eventTypes) expect(Object.keys(older).map(Number)).toEqual([...Array(version - 1).keys()].map((at) => at + 1));
  });

  it('names a contact as the owner of its personal fields only where it has that field', () => {
    const wrong = eventTypes.filter(({ person, schema }) => person && !(schema as Schema).properties?.[person]);
    expect(wrong).toEqual([]);
  });
});

describe('The catalogue', () => {
  it('has the types that are read here, family by family', () => {
    const families: Record<string, string[]> = {};
    for (const { type } of eventTypes) (families[familyOf(type)] ??= []).push(type.slice(type.indexOf('.') + 1));
    expect(families).toEqual({
      customer: ['registered', 'profile-changed', 'alias-added', 'alias-removed', 'owner-assigned', 'parent-changed', 'merged', 'unmerged', 'intervention-recorded', 'override-set', 'override-cleared', 'measurement-recorded', 'closed'],
      contact: ['added', 'role-changed', 'left', 'erased'],
      sale: ['opportunity-opened', 'won', 'lost', 'declined-by-us', 'fit-assessed'],
      subscription: ['started', 'changed', 'cancellation-requested', 'cancellation-withdrawn', 'paused', 'resumed', 'ended', 'terms-set'],
      renewal: ['opened', 'quoted', 'decided', 'renewed', 'lapsed'],
      cost: ['acquisition-cost-recorded', 'service-cost-recorded'],
      invoice: ['issued', 'paid', 'overdue', 'credited'],
      deployment: ['started', 'milestone-reached', 'went-live', 'stalled', 'cancelled'],
      usage: ['reported', 'feature-adopted'],
      ticket: ['opened', 'assigned', 'replied', 'priority-changed', 'paused', 'resumed', 'escalated', 'reopened', 'resolved', 'closed', 'sla-missed'],
      survey: ['requested', 'sent', 'suppressed', 'responded', 'response-revised', 'response-viewed', 'marked-complaint', 'set-aside', 'themed', 'expired'],
      outage: ['declared', 'customers-added', 'customer-affected', 'customer-reported', 'customer-notified', 'eta-given', 'workaround-offered', 'updated', 'resolved'],
      engagement: ['meeting-held', 'call-held', 'visit-made', 'message-exchanged', 'business-review-held', 'event-attended', 'observation-recorded'],
      promise: ['made', 'kept', 'broken'],
      goal: ['set', 'progressed', 'attained', 'missed', 'outcome-claimed', 'outcome-confirmed', 'outcome-rejected'],
      competitor: ['mentioned', 'evaluated'],
      budget: ['changed'],
      task: ['created', 'done', 'snoozed', 'dropped'],
      record: ['retracted', 'amended'],
      clock: ['day-closed'],
      churnmodel: ['trained', 'promoted', 'retired', 'drift-measured'],
      instrument: ['published', 'retired'],
      surveyprogram: ['set', 'stopped'],
      scorecard: ['drafted', 'published', 'retired', 'assigned'],
      experiment: ['started', 'ended'],
      insight: ['churn-risk-changed', 'health-band-changed', 'metric-restated', 'condition-changed'],
      playbook: ['set', 'stopped'],
      feedback: ['request-raised', 'themed', 'routed', 'accepted', 'declined', 'answered', 'customer-told', 'workaround-tool-seen'],
      initiative: ['started', 'requests-linked', 'customer-linked', 'delivered', 'customer-told', 'dropped'],
      department: ['set', 'retired'],
      theme: ['set', 'retired'],
      exchangerates: ['set'],
      revenuepolicy: ['set'], economicspolicy: ['set'],
      journeymap: ['set'],
      recovery: ['opened', 'acknowledged', 'contacted', 'cause-identified', 'prevention-recorded', 'closed', 'reopened', 'owner-assigned', 'escalated', 'answer-revised', 'fix-confirmed', 'fix-disproved', 'answer-withdrawn', 'linked'],
      recoverypolicy: ['set'],
      workinghours: ['set'],
      kafkain: ['set'], kafkaout: ['set'],
      company: ['period-spend-recorded', 'target-set', 'decision-recorded', 'report-published', 'report-viewed', 'meeting-held', 'coaching-given', 'alternative-priced'],
    });
  });

  it('keeps the clock, the certificates of erasures, models, scorecards, experiments, what is computed, recoveries and how we work for ourselves', () => {
    expect(eventTypes.filter(({ internal }) => internal).map(({ type }) => type)).toEqual([
      'contact.erased', 'outage.declared', 'outage.customers-added', 'clock.day-closed', 'churnmodel.trained', 'churnmodel.promoted', 'churnmodel.retired', 'churnmodel.drift-measured',
      'instrument.published', 'instrument.retired', 'surveyprogram.set', 'surveyprogram.stopped',
      'scorecard.drafted', 'scorecard.published', 'scorecard.retired', 'scorecard.assigned', 'experiment.started', 'experiment.ended',
      'insight.churn-risk-changed', 'insight.health-band-changed', 'insight.metric-restated', 'insight.condition-changed', 'playbook.set', 'playbook.stopped',
      'department.set', 'department.retired', 'initiative.started', 'initiative.requests-linked',
      'theme.set', 'theme.retired',
      'exchangerates.set', 'revenuepolicy.set', 'economicspolicy.set',
      'journeymap.set',
      ...['opened', 'acknowledged', 'contacted', 'cause-identified', 'prevention-recorded', 'closed', 'reopened', 'owner-assigned', 'escalated', 'answer-revised', 'fix-confirmed', 'fix-disproved', 'answer-withdrawn', 'linked'].map((name) => `recovery.${name}`),
      'recoverypolicy.set', 'workinghours.set',
      'kafkain.set', 'kafkaout.set',
      'company.period-spend-recorded', 'company.target-set', 'company.decision-recorded', 'company.report-published', 'company.report-viewed',
      'company.meeting-held', 'company.coaching-given', 'company.alternative-priced',
    ]);
  });

  it("takes a tenant's own types only under x-", () => {
    expect(['x-training.completed', 'x-fleet-care.tyre-changed'].map(isTenantType)).toEqual([true, true]);
    expect(['training.completed', 'x-.completed', 'x-training', 'X-training.done', 'x-a.b.c', `x-${'a'.repeat(99)}.b`].map(isTenantType)).toEqual(Array(6).fill(false));
  });

  it('finds a schema by type and version, and none for what it does not know', () => {
    expect(schemaOf('survey.responded', 2)).toBe(findType('survey.responded')?.schema);
    expect(schemaOf('survey.responded', 1)).toMatchObject({ required: ['survey', 'kind', 'scale', 'score'] });
    expect([schemaOf('survey.responded', 3), schemaOf('ticket.sold', 1), schemaOf('x-training.completed', 1)]).toEqual([undefined, undefined, undefined]);
  });

  it('takes an id of ours, of another system or an e-mail address for a contact', () => {
    const takes = (contact: unknown) => ajv.validate(schemaOf('contact.left', 1) as object, { contact });
    expect(['0190-af', { system: 'crm', id: 'P-1' }, 'ines@otterbank.example', { system: 'crm', id: 'ines@nordlicht.example' }, { system: 'crm', id: 'Ines Vogt' }].map(takes)).toEqual(Array(5).fill(true));
    expect([{ system: 'crm' }, { system: 'crm', id: '' }, { system: 'crm', id: 'x'.repeat(201) }, { system: 'crm', id: 'a\nb' }, 'a b', '@', ''].map(takes)).toEqual(Array(7).fill(false));
  });

  it('takes either events or an import to retract, not both and not neither', () => {
    const takes = (data: object) => ajv.validate(schemaOf('record.retracted', 1) as object, { reason: 'wrong file', ...data });
    const events = [{ source: 'crm', id: '1' }];
    expect([{ events }, { import: 'i-1' }, {}, { events, import: 'i-1' }, { events: [] }].map(takes)).toEqual([true, true, false, false, false]);
  });

  it('gives programs the type of each fact', () => {
    const sent: DataFor<'ticket.opened'> = { ticket: 'T-1', priority: 'high', contact: { system: 'crm', id: 'P-1' }, subject: 'No sound' };
    // @ts-expect-error There is no such priority.
    const wrong: DataFor<'ticket.opened'> = { ticket: 'T-1', priority: 'tomorrow' };
    expect([sent, wrong].map(({ ticket }) => ticket)).toEqual(['T-1', 'T-1']);
  });
});

function fieldsOf(schema: Schema, at = ''): [path: string, field: Schema][] {
  const inner = [...Object.entries(schema.properties ?? {}), ...(schema.anyOf ?? []).entries(), ...(schema.items ? [['*', schema.items]] : [])] as [string, Schema][];
  return inner.flatMap(([name, field]) => [[`${at}/${name}`, field], ...fieldsOf(field, `${at}/${name}`)] as [string, Schema][]);
}

function isBounded({ type, enum: values, maxLength = Infinity, maxItems, minimum, maximum }: Schema): boolean {
  if (type === 'string') return Boolean(values) || maxLength <= 10_000;
  if (type === 'array') return maxItems !== undefined;
  if (type === 'number' || type === 'integer') return minimum !== undefined && maximum !== undefined;
  return true;
}
