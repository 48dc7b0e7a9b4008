import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { story } from '../../apps/api/src/pages/testing/story.js';
import { EventStoreDbStandIn } from '../support/eventstoredb/stand-in.js';
import { eventually } from '../support/read-models.js';
import { verified } from '../support/verified.js';
import { type House, openHouse, tenant } from './testing/house.js';

/** A stand-in, no real server: what it shows is that read models, stories and reactions do not notice where the log is. */
describe('A house whose log is on EventStoreDB', () => {
  const server = new EventStoreDbStandIn();
  let there: House;
  let here: House;

  beforeAll(async () => {
    await server.start();
    there = await openHouse({ where: { eventStore: 'eventstoredb', eventStoreUrl: server.url } });
    here = await openHouse();
    const now = new Date();
    for (const house of [here, there]) {
      const { position } = await house.post('/v1/events', story(now)) as { position: string };
      expect((await house.ask('GET', `/v1/portfolio?minPosition=${position}`)).status).toBe(200);
    }
  }, 120_000);
  afterAll(async () => {
    await there?.stop();
    await here?.stop();
    server.stop();
  }, 60_000);

  const customers = async (house: House) => {
    const { customers: all } = await (await house.ask('GET', '/v1/customers?limit=50')).json() as { customers: { name: string | null; score: unknown; band: unknown; arr: unknown }[] };
    return all.map(({ name, score, band, arr }) => ({ name, score, band, arr })).sort((a, b) => String(a.name).localeCompare(String(b.name)));
  };

  it('says of its customers what another says whose log is in PostgreSQL', async () => {
    const [one, other] = [await customers(there), await customers(here)];
    expect(one).toHaveLength(3);
    expect(one).toEqual(other);
  });

  it('answers facts with facts, and lets a person decide on what was written a moment ago', async () => {
    const recoveries = async () => ((await (await there.ask('GET', '/v1/recoveries?owner=all')).json()) as { recoveries: { recovery: number; id: string }[] }).recoveries;
    await there.post('/v1/events', [{ id: 'bad', source: 'survey-tool', type: 'survey.responded', customer: 'heron', data: { survey: 'C-1', instrument: { kind: 'csat', min: 1, max: 5 }, score: 1, contact: 'heron-cio' } }]);
    await eventually(async () => (await recoveries()).length === 1);
    const { id } = (await recoveries())[0]!;
    expect((await there.ask('POST', `/v1/recoveries/${encodeURIComponent(id)}/acknowledgement`, {})).status).toBeLessThan(500);
  });

  it('shows at once what was written to who waits for it, and takes nothing twice', async () => {
    const fact = { id: 'again', source: 'crm', type: 'customer.registered', customer: 'grebe', data: { name: 'Grebe Mills' } };
    await there.post('/v1/events', [fact]);
    const again = await there.post('/v1/events', [fact]) as { results?: { status: string }[]; position: string };
    expect(JSON.stringify(again)).toContain('duplicate');
    expect((await there.ask('GET', `/v1/customers?minPosition=${again.position}`)).status).toBe(200);
    expect((await customers(there)).some(({ name }) => name === 'Grebe Mills')).toBe(true);
  });

  it('passes the same examination: log, ids, streams and rows agree', async () => {
    const { log, flaws, differences } = await verified(there.database);
    expect(log.events).toBeGreaterThan(40);
    expect(flaws).toEqual([]);
    expect(differences).toEqual([]);
    expect(there.warnings).toEqual([]);
    expect(server.log.all.some(({ stream }) => stream.startsWith(`${tenant}-customer-`))).toBe(true);
  });
});
