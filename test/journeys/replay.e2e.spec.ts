import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { progressOf } from '#event-store';
import { caughtUp, eventually } from '../support/read-models.js';
import { openHouseThatMails } from './testing/house.js';

describe('With recoveries, questions and tasks open', () => {
  let house: Awaited<ReturnType<typeof openHouseThatMails>>;

  beforeAll(async () => {
    house = await openHouseThatMails();
    await house.post('/v1/survey-programs', { program: 'after-ticket', instrument: 'csat', trigger: 'ticket-resolved', whom: 'ticket-contact', channel: 'mail' });
    const csat = { kind: 'csat', min: 1, max: 5 };
    await house.post('/v1/events', ['otter', 'heron'].flatMap((customer, n) => [
      fact(customer, 'customer.registered', { name: customer, owner: 'mara' }), fact(customer, 'contact.added', { contact: `p${n}`, name: 'Ann', role: 'both', email: `ann${n}@otter.example` }),
      fact(customer, 'ticket.opened', { ticket: 'T-1', contact: `p${n}` }), fact(customer, 'ticket.resolved', { ticket: 'T-1' }),
      fact(customer, 'survey.responded', { survey: 'V-1', instrument: csat, score: 2, contact: `q${n}`, wantsContact: true }),
      fact(customer, 'survey.responded', { survey: 'V-2', instrument: csat, score: 5, contact: `r${n}` }), fact(customer, 'survey.marked-complaint', { survey: 'V-2' }),
    ]));
    await eventually(async () => house.mails.mails.length === 2 && (await facts()).filter(({ type }) => type === 'recovery.opened').length === 4);
    await settled();
  }, 90_000);
  afterAll(() => house.stop(), 60_000);

  let told = 0;
  const fact = (customer: string, type: string, data: object, time = new Date()) => ({ id: `f${++told}`, source: 'helpdesk', type, time: time.toISOString(), customer, data });
  const facts = () => house.database.statements((sql) => sql.query<{ type: string; source: string; id: string }>(`select type, source, id from log where category <> 'clock' order by position`));
  const agenda = () => house.database.statements((sql) => sql.query(`select tenant, reaction, subject, position, at from agenda where reaction = 'recovery' order by 2, 3, 4`));
  /** Until every reaction has read all there is, and done what is due. */
  const settled = () => eventually(async () => {
    const [row] = await house.database.statements((sql) => sql.query<{ open: number }>(`select (select count(*) from reaction where position < (select max(position) from log)) + (select count(*) from agenda where at <= now() + interval '3 minutes') as open`));
    return Number(row!.open) === 0;
  });

  it('building the read models anew asks, opens and sends nothing', async () => {
    const [before, planned] = [await facts(), await agenda()];
    expect(planned.length).toBe(12);
    for (const name of ['customers', 'entities', 'timeline']) await house.post(`/v1/admin/projections/${name}/rebuild`);
    await eventually(async () => (await progressOf(house.database)).filter(({ live, generation }) => live && generation > 1).length === 3);
    await caughtUp(house.database, house.store);
    await settled();
    expect([await facts(), await agenda(), house.mails.mails.length]).toEqual([before, planned, 2]);
  }, 60_000);

  it('reactions that have forgotten how far they were, and read the whole log again, ask, open and send nothing', async () => {
    const [before, planned] = [await facts(), await agenda()];
    await house.restart(() => house.database.statements(async (sql) => {
      await sql.query('update reaction set position = 0');
      await sql.query('delete from agenda');
    }));
    await settled();
    expect(await facts()).toEqual(before);
    expect([await agenda(), house.mails.mails.length, house.warnings]).toEqual([planned, 2, []]);
  }, 60_000);

  it('an import of a year of history opens nothing, and says what it did not open', async () => {
    const before = (await facts()).length;
    const lines = Array.from({ length: 50 }, (_, week) => {
      const time = new Date(Date.now() - (week + 2) * 7 * 86_400_000);
      return [fact('otter', 'ticket.resolved', { ticket: `H-${week}` }, time), fact('otter', 'survey.responded', { survey: `H-${week}`, instrument: { kind: 'csat', min: 1, max: 5 }, score: 1, contact: 'p0' }, time)];
    }).flat();
    const response = await house.ask('POST', '/v1/events/import?import=history', lines.map((line) => JSON.stringify(line)).join('\n'));
    const { summary } = JSON.parse((await response.text()).trim().split('\n').at(-1)!) as { summary: object };
    await settled();
    expect(summary).toMatchObject({ notOpened: { recoveries: 50, surveyCauses: 50 } });
    expect([(await facts()).length - before, house.mails.mails.length]).toEqual([100, 2]);
  }, 60_000);
});
