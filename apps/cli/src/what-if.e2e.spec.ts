import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FakeDoor, touchline } from './testing.js';

const look = (more: object) => ({ standing: 'running', probability: 0.31, say: 'Risk 31 % within 90 days.', chances: [], arrAtRisk: [], score: 41.25, band: 'at-risk', computed: { score: 41.25, band: 'at-risk' }, override: null, ...more });
const answer = {
  customer: 'c-1', name: 'Nordlicht', asOf: '2026-11-22T23:00:00.000Z', knownAt: '2026-11-22T23:00:00.000Z', say: 'Risk within 90 days 31 %, and 14 % with the changes; score 41.3, and 55.',
  before: look({}), after: look({ probability: 0.14, say: 'Risk 14 % within 90 days.', score: 55, band: 'watch' }), model: { say: 'This is the prior.' },
  drivers: [{ id: 'reopened', label: 'Reopened tickets', before: 0.52, after: 0, change: -0.52, say: 'No reopened tickets.' }], measures: [{ id: 'reopened', label: 'Reopened tickets', before: 0, after: 4, change: 4, say: 'No ticket came back.' }],
};

describe('touchline what-if', () => {
  const door = new FakeDoor();
  const path = '/v1/customers/crm%3A4711';
  let url: string;
  beforeAll(async () => {
    url = await door.open();
    const touch = (source: string, id: string) => ({ source, id });
    door.answers.set(`GET ${path}/timeline`, { body: { touches: [touch('desk', 'T-1'), touch('desk', 'same'), touch('crm', 'same'), touch('crm', 'call-3')], next: null } });
    door.answers.set(`POST ${path}/what-if`, { body: answer });
  });
  afterAll(() => door.close());

  it('names events by their ids, and says what would be otherwise and why', async () => {
    const { code, out } = await touchline(['what-if', 'crm:4711', '--without', 'T-1', '--without', 'crm:same', '--move', 'call-3=2026-05-01', '--as-of', '2026-11-22'], { url });
    expect(door.asked.at(-1)).toMatchObject({ method: 'POST', body: { without: [{ source: 'desk', id: 'T-1' }, { source: 'crm', id: 'same' }], moved: [{ event: { source: 'crm', id: 'call-3' }, to: '2026-05-01' }], asOf: '2026-11-22' } });
    expect([code, ...out.split('\n')]).toEqual([0,
      'Nordlicht  Risk within 90 days 31 %, and 14 % with the changes; score 41.3, and 55.',
      '  without desk T-1; without crm same; crm call-3 moved to 2026-05-01; as of 2026-11-22T23:00:00.000Z, known at 2026-11-22T23:00:00.000Z',
      '  as it is:          Risk 31 % within 90 days. Score 41.25, at-risk.',
      '  with the changes:  Risk 14 % within 90 days. Score 55, watch.',
      '  This is the prior.', '',
      'What moved the risk', 'log-odds  before   after  what', '--------  ------  ------  ----------------  --------------------', '   -0.52  0.5200  0.0000  Reopened tickets  No reopened tickets.', '',
      'What moved the score', 'points  before  after  what', '------  ------  -----  ----------------  --------------------', '    +4    0.00   4.00  Reopened tickets  No ticket came back.']);
    expect(JSON.parse((await touchline(['what-if', 'crm:4711', '--without', 'T-1', '--json'], { url })).out)).toEqual(answer);
  });

  it('tells a score that is set by hand beside what is computed', async () => {
    const overridden = look({ score: 30, override: { score: 30, until: '2026-12-03' }, computed: { score: 65, band: 'watch' } });
    door.answers.set(`POST ${path}/what-if`, { body: { ...answer, before: overridden } });
    const { out } = await touchline(['what-if', 'crm:4711', '--without', 'T-1'], { url });
    door.answers.set(`POST ${path}/what-if`, { body: answer });
    expect(out).toContain('as it is:          Risk 31 % within 90 days. Score 30, at-risk, set by hand until 2026-12-03; computed 65, watch.');
    expect(out).toContain('with the changes:  Risk 14 % within 90 days. Score 55, watch.');
    expect(out).toContain('What moved the computed score');
  });

  it('refuses what names no event, or several, and a line that changes nothing', async () => {
    const refused = async (...args: string[]) => (await touchline(['what-if', 'crm:4711', ...args], { url })).err;
    expect(await refused('--without', 'T-2')).toContain('This customer has no event "T-2".');
    expect(await refused('--without', 'same')).toContain('"same" may mean one of these: desk:same, crm:same');
    expect(await refused('--move', 'call-3')).toContain('--move takes <event>=<time>');
    expect(await refused()).toContain('Say what would be otherwise');
  });
});
