import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FakeDoor, touchline } from './testing.js';

const door = new FakeDoor();
let url: string;
beforeAll(async () => { url = await door.open(); });
afterAll(() => door.close());
const call = (...args: string[]) => touchline(args, { url });

describe('Commands about tasks', () => {
  it('list them as they stand, set one, and say what became of it', async () => {
    const task = { task: 'T-1', what: 'Send the offer', dueOn: '2026-11-20', until: null, overdue: true, state: 'open', outcome: null, reason: null, owner: 'mara', customer: { id: 'c-1', name: 'Nordlicht' } };
    door.answers.set('GET /v1/tasks', { body: { today: {}, tasks: [task, { ...task, task: 'T-2', state: 'done', outcome: 'reached', owner: null }], more: 3, owner: null } });
    expect((await call('task', 'list', '--owner', 'all', '--state', 'all')).out.split('\n')).toEqual(['2026-11-20 overdue  Send the offer  (T-1; Nordlicht; mara)', 'done: reached  Send the offer  (T-2; Nordlicht)', '3 more.']);
    expect(door.asked.at(-1)).toMatchObject({ path: '/v1/tasks', query: { owner: 'all', state: 'all' } });
    door.answers.set('POST /v1/customers/c-1/tasks', { status: 201, body: { task: 'T-3', customer: 'c-1', position: '1.2' } });
    expect((await call('task', 'add', 'c-1', '--what', 'Write', '--due', '2026-11-30')).out).toBe('T-3 is set.');
    expect(door.asked.at(-1)).toMatchObject({ body: { what: 'Write', dueOn: '2026-11-30' } });
    for (const [name, flag, value] of [['done', 'outcome', 'reached'], ['snooze', 'until', '2026-12-01'], ['drop', 'reason', 'No need']] as const) {
      door.answers.set(`POST /v1/tasks/T-1/${name}`, { status: 201, body: { task: 'T-1', customer: 'c-1', position: '1.3' } });
      expect(await call('task', name, 'T-1', `--${flag}`, value)).toMatchObject({ code: 0, out: expect.stringMatching(/^Noted: /) });
      expect(door.asked.at(-1)).toMatchObject({ body: { [flag]: value } });
      expect(await call('task', name, 'T-1')).toMatchObject({ code: 1, err: expect.stringContaining(`--${flag}`) });
    }
  });

  it('list playbooks, set one from a file, and stop it', async () => {
    const playbook = { playbook: 'silence', label: 'Nothing is heard', when: { kind: 'condition', condition: 'silence' }, tasks: [{ step: 'call', what: 'Call', dueInWorkingDays: 5, hint: 'Be kind' }], running: false, builtIn: true, segments: ['small'], decided: { by: 'ann', at: '2026-11-02T09:00:00Z', reason: 'x' } };
    door.answers.set('GET /v1/playbooks', { body: { playbooks: [playbook] } });
    expect((await call('playbook', 'list')).out.split('\n')).toEqual(['silence  Nothing is heard (stopped): when this condition begins: silence, of small', '  Call (Be kind), in 5 working days', '  decided by ann on 2026-11-02: x']);
    const file = join(await mkdtemp(join(tmpdir(), 'playbook-')), 'p.json');
    await writeFile(file, JSON.stringify({ label: 'Quiet', reason: 'x' }));
    door.answers.set('PUT /v1/playbooks/quiet', { body: { ...playbook, label: 'Quiet' } });
    expect((await call('playbook', 'set', 'quiet', file)).out).toBe('Quiet runs from now on.');
    expect(door.asked.at(-1)).toMatchObject({ body: { label: 'Quiet', reason: 'x' } });
    door.answers.set('POST /v1/playbooks/quiet/stop', { body: { ...playbook, label: 'Quiet' } });
    expect((await call('playbook', 'stop', 'quiet', '--reason', 'Enough')).out).toBe('Quiet makes no more tasks.');
    expect(await call('playbook', 'set', 'quiet', `${file}.none`)).toMatchObject({ code: 1, err: expect.stringContaining('cannot be read') });
  });
});
