import { describe, expect, it } from '@jest/globals';
import { mapText, openText } from '../testing.js';
import { MappingError } from './mapping-error.js';

const faultsOf = async (yaml: string, content = 'id,day\n1,2020-01-01') => {
  const error = await openText(yaml, content).then(() => undefined, (failure: unknown) => failure);
  if (!(error instanceof MappingError)) throw error ?? new Error('no fault was found');
  return error.faults.map(({ line, pointer, message }) => `${line} ${pointer}: ${message}`);
};

const head = 'mapping: 1\nsource: t\nzone: UTC\ncustomer: c\ntime: {column: day}\n';

describe('A mapping with faults', () => {
  it('is refused with line, pointer and what was probably meant', async () => {
    expect(await faultsOf('mapping: 1\nsource: t\ncolour: red\nevents:\n  - type: x-t.a\n    wen: {column: id, is: 1}')).toEqual([
      '3 /colour: There is no field `colour` here.', '6 /events/0/wen: There is no field `wen` here. Did you mean `when`?']);
    expect(await faultsOf(`${head}events:\n  - type: ticket.opend\n    data: {ticket: {column: id}}`)).toEqual([
      '7 /events/0/type: There is no type `ticket.opend`. Did you mean `ticket.opened`? A type of your own is written `x-family.fact`.']);
    expect(await faultsOf(`${head}events:\n  - type: ticket.opened\n    data:\n      tickt: {column: id}`)).toEqual([
      '8 /events/0/data: `ticket.opened` needs `ticket`.', '9 /events/0/data/tickt: There is no field `tickt` here. Did you mean `ticket`?']);
    expect(await faultsOf(`${head}events:\n  - type: ticket.opened\n    data: {ticket: {column: idd}}`)).toEqual([
      '8 /events/0/data/ticket/column: The file has no column "idd". Did you mean `id`? It has id, day.']);
  });

  it('is refused for words that do not go together', async () => {
    const value = async (expression: string) => (await faultsOf(`${head}events: [{type: x-t.a, data: {v: ${expression}}}]`)).join(' ');
    expect(await value('{column: id, constant: 3}')).toMatch(/Only one of `column` and `constant`/);
    expect(await value('{column: id, otherwise: x}')).toMatch(/neither here/);
    expect(await value('{column: id, colour: x}')).toMatch(/no field `colour`/);
    expect(await value('{column: id, match: "("}')).toMatch(/not a regular expression/);
    expect(await value('{column: day, as: date, formats: [HH:mm]}')).toMatch(/has no year/);
    expect(await value('{column: day, zone: Europe/Berln}')).toMatch(/not a time zone/);
    expect(await value('{column: id, as: number, add: {days: 1}}')).toMatch(/Only dates can be moved/);
    expect(await value('{previous: id}')).toMatch(/say `rows: {key: …}`/);
    expect(await value('{lookup: other, value: x}')).toMatch(/no lookup `other`/);
    expect(await value('{column: id, as: nmber}')).toMatch(/must be one of text, number/);
  });

  it('is refused for conditions that ask nothing, or ask nothing of anything', async () => {
    const when = async (condition: string) => (await faultsOf(`${head}events: [{type: x-t.a, when: ${condition}}]`)).join(' ');
    expect(await when('{column: id}')).toMatch(/nothing is asked of it/);
    expect(await when('{is: 3}')).toMatch(/no value is named/);
    expect(await when('{changed: id}')).toMatch(/say `rows: {key: …}`/);
    expect(await when('{previous: id, becomes: 3}')).toMatch(/name a `column`/);
  });

  it('is refused when an event has no time or customer, or a text stands where a column was meant', async () => {
    expect(await faultsOf('mapping: 1\nsource: t\nzone: UTC\nevents: [{type: x-t.a}]')).toEqual([
      '4 /events/0: The event has no `customer`: say it here, or once for all events of the mapping.',
      '4 /events/0: The event has no `time`: say it here, or once for all events of the mapping.']);
    expect((await faultsOf('mapping: 1\nsource: t\nzone: UTC\ncustomer: c\ntime: day\nevents: [{type: x-t.a}]'))[0]).toMatch(/To read the column, write \{column: day\}/);
  });

  it('is refused for a constant that is no date, once and with its place', async () => {
    const yaml = (constant: string) => `mapping: 1\nsource: t\nzone: UTC\ncustomer: c\ntime: {constant: "${constant}", as: date}\nevents: [{type: x-t.a}]`;
    expect(await faultsOf(yaml('2022-13-01'))).toEqual([expect.stringMatching(/^5 \/time\/constant: "2022-13-01" is not a date of the form /)]);
    expect((await mapText(yaml('2022-07-01'), 'id\n1'))[0]).toMatchObject({ events: [{ time: '2022-07-01T00:00:00.000Z' }] });
  });

  it('names the value and the place of a time that was made a text', async () => {
    const rows = await mapText('mapping: 1\nsource: t\nzone: UTC\ncustomer: c\ntime: {column: day, as: text}\nevents: [{type: x-t.a}]', 'day\n1/2/2020\n2020-01-01T08:00:00Z');
    expect(rows).toMatchObject([{ problem: { pointer: '/time', message: expect.stringMatching(/^"1\/2\/2020" is not a time\. Leave `as` out/) } }, { events: [{ time: '2020-01-01T08:00:00Z' }] }]);
  });

  it('names the column whose text a field does not take, and what it takes', async () => {
    const yaml = (reason: string) => `mapping: 1\nsource: t\nzone: UTC\ncustomer: c\ntime: 2020-01-01\nevents: [{type: subscription.ended, data: {subscription: s, reason: ${reason}}}]`;
    const says = '"Competitor" is not one of voluntary, payment, merger, bad-fit, other; say with `translate` which one it is.';
    expect(await mapText(yaml('{column: why}'), 'why\nCompetitor\nother')).toMatchObject([{ problem: { message: says, pointer: '/events/0/data/reason', column: 'why' } }, { events: [{}] }]);
    expect(await mapText(yaml('{column: why, translate: {Competitor: voluntary}}'), 'why\nCompetitor')).toMatchObject([{ events: [{ data: { reason: 'voluntary' } }] }]);
  });

  it('is refused when nothing stands in it', async () => {
    for (const yaml of ['', '# later']) expect(await faultsOf(yaml)).toEqual([expect.stringContaining('The mapping is empty. It begins with `mapping: 1`')]);
    expect((await faultsOf('- a'))[0]).toContain('The mapping must be an object.');
  });

  it('is refused for a word that another tool would use, with ours', async () => {
    expect((await faultsOf(`${head}events: [{type: x-t.a, data: {}, if: {column: id, is: 1}}]`))[0]).toContain('There is no field `if` here. Did you mean `when`?');
    expect((await faultsOf(`${head}events: [{type: x-t.a, data: {v: {column: id, format: [d]}}}]`))[0]).toContain('Did you mean `formats`?');
    expect((await faultsOf(`${head}events: [{type: ticket.opened, data: {ticket: "1", prio: high}}]`))[0]).toContain('There is no field `prio` here. Did you mean `priority`?');
  });

  it('is refused when it is not YAML, with the line', async () => {
    expect((await faultsOf('mapping: 1\nsource: [t\nevents: 3'))[0]).toMatch(/^\d \S*: This is not YAML/);
    expect((await faultsOf('mapping: 1\nmapping: 1'))[0]).toMatch(/keys must be unique/i);
  });
});
