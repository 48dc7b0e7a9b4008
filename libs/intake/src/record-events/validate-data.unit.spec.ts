import { expect, it } from '@jest/globals';
import { findType } from '#journey';
import { validateData } from './validate-data.js';

const answer = (score: number) => ({ survey: 'S-1', instrument: { kind: 'nps', min: 0, max: 10 }, score });

it('refuses a score that is not on the scale it names, and says which field', () => {
  expect(validateData('survey.responded', 2, answer(9), '/data', 5)).toBeUndefined();
  expect(validateData('survey.responded', 2, answer(15), '/data', 5)).toMatchObject({ code: 'data-invalid', pointer: '/data/score' });
});

it('takes ids of other systems as they are written there, up to 200 characters on one line, and says so', () => {
  const alias = (id: string) => validateData('customer.alias-added', 1, { system: 'desk', id }, '/data', 5);
  expect(alias('Müller & Söhne (Nord) / 7')).toBeUndefined();
  expect(alias('two\nlines')).toMatchObject({ pointer: '/data/id', detail: '`id` must be 1 to 200 characters on one line.' });
  const parent = (ref: unknown) => validateData('customer.parent-changed', 1, { parent: ref }, '/data', 5);
  expect(parent({ system: 'crm', id: 'Group of Nord' })).toBeUndefined();
  expect(parent({ system: 'crm', id: 'x'.repeat(201) })).toMatchObject({ detail: expect.stringContaining('id up to 200 characters') });
  expect(parent('ines@example.com')).toMatchObject({ detail: expect.not.stringContaining('e-mail') });
});

it('takes an e-mail address as a contact, and says so when a contact cannot be read', () => {
  const opened = (contact: unknown) => validateData('ticket.opened', 1, { ticket: 'T-1', contact }, '/data', 5);
  for (const contact of ['ines@example.com', 'our-id', { system: 'crm', id: 'Ines Vogt' }]) expect(opened(contact)).toBeUndefined();
  expect(opened('Ines Vogt')).toMatchObject({ pointer: '/data/contact', detail: expect.stringContaining('an e-mail address, or {system, id}') });
});

it('says what is wrong with the kind of curve that was meant, and which kinds there are', () => {
  const { card, reason } = findType('scorecard.drafted')!.example as any;
  const flaws = (...curves: unknown[]) => validateData('scorecard.drafted', 1, { reason, card: { ...card, measures: curves.map((curve) => ({ ...card.measures[0], curve })) } }, '/data', 5);
  const line = { kind: 'line', points: [[0, 1], [4, 0]] };
  expect(flaws(line)).toBeUndefined();
  expect(flaws(line, { kind: 'line', points: [[0, 1], [4]] }, { kind: 'points', points: [[1, 1]] })?.errors).toEqual([
    { pointer: '/data/card/measures/1/curve/points/1', detail: '`card.measures.1.curve.points.1` must have 2 items or more.' },
    { pointer: '/data/card/measures/2/curve/otherwise', detail: '`otherwise` is missing.' },
  ]);
  expect(flaws({ kind: 'bow' })).toMatchObject({ pointer: '/data/card/measures/0/curve', detail: '`card.measures.0.curve` must be of kind line or steps or points.' });
});

it('takes a name of a figure as a signal', () => {
  const { card, reason } = findType('scorecard.drafted')!.example as any;
  const reads = (signal: string) => validateData('scorecard.drafted', 1, { reason, card: { ...card, measures: [{ ...card.measures[0], signal }] } }, '/data', 5);
  expect([reads('slaMissed'), reads(`measurement:${'p'.repeat(100)}`)]).toEqual([undefined, undefined]);
  expect(reads('a b')).toMatchObject({ pointer: '/data/card/measures/0/signal', detail: expect.stringContaining('must be a signal such as licenceUse') });
});
