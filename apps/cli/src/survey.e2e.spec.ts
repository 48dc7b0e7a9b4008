import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { builtInInstruments } from '#journey';
import { FakeDoor, touchline } from './testing.js';

const door = new FakeDoor();
const folder = mkdtempSync(join(tmpdir(), 'touchline-survey-'));
const file = join(folder, 'program.json');
let url: string;
beforeAll(async () => { url = await door.open(); });
afterAll(async () => {
  await door.close();
  rmSync(folder, { recursive: true });
});

const run = (...args: string[]) => touchline(['survey', ...args], { url });
const program = { program: 'after', instrument: 'csat', trigger: 'ticket-resolved', whom: 'ticket-contact', channel: 'mail', delayMinutes: 60 };

describe('touchline survey', () => {
  it('tells the questions, and the programs that ask them', async () => {
    door.answers.set('GET /v1/instruments', { status: 200, body: { instruments: [{ id: 'nps', versions: [builtInInstruments[0]], current: null, retired: true }] } });
    expect((await run('instruments')).out).toMatch(/nps +1 +0-10 +7 +9 +\(retired\) How likely/);
    door.answers.set('GET /v1/survey-programs', { status: 200, body: { programs: [] } });
    expect((await run('programs')).out).toContain('Nobody is asked anything.');
    door.answers.set('GET /v1/survey-programs', { status: 200, body: { programs: [{ id: 'after', program, state: 'running', changedAt: '2026-11-01T00:00:00.000Z', changedBy: { kind: 'person', id: 'mara' } }] } });
    expect((await run('programs')).out).toMatch(/after +running +ticket-resolved, after 60 min +csat +ticket-contact +mail/);
  });

  it('tries a program, sets and stops it, from a file that must hold one', async () => {
    door.answers.set('POST /v1/survey-programs/dry-run', { status: 200, body: { from: '2026-09-01T07:00:00.000Z', to: '2026-11-30T07:00:00.000Z', customers: 3, held: 0, asked: 1, people: 1, suppressed: { 'open-ticket': 2 }, lines: [
      { customer: 'c1', contact: 'ann', at: '2026-11-03T07:00:00.000Z', reason: null, ticket: 'T-1' }, { customer: 'c2', contact: null, at: '2026-11-02T07:00:00.000Z', reason: 'open-ticket', ticket: null }] } });
    expect((await run('dry-run', file)).err).toContain(`${file} cannot be read`);
    writeFileSync(file, '[]');
    expect((await run('set', file)).err).toContain('holds no program: it must be one JSON object');
    writeFileSync(file, JSON.stringify(program));
    const { out } = await run('dry-run', file, '--days', '90');
    expect(out).toContain('From 2026-09-01 to 2026-11-30 it would have asked 1 time, 1 person in all. Looked at: 3 customers. Held back: 2 open-ticket.');
    expect(out).toMatch(/2026-11-03T07:00 +c1 +ann +T-1 +yes\n2026-11-02T07:00 +c2 +- +- +no: open-ticket/);
    door.answers.set('POST /v1/survey-programs', { status: 201, body: { ...program, position: '1.1' } });
    expect((await run('set', file)).out).toContain('after is in force.');
    door.answers.set('POST /v1/survey-programs/after/stop', { status: 200, body: { program: 'after', position: '1.2' } });
    expect((await run('stop', 'after', '--reason', 'Enough')).out).toBe('after asks nobody any more; what was asked can still be answered.');
    door.answers.set('POST /v1/instruments', { status: 201, body: { id: 'mine', version: 2, position: '1.3' } });
    expect((await run('publish', file)).out).toBe('mine version 2 is asked from now on.');
  });

  it('lists what was asked, how many answer, and that something waits', async () => {
    door.answers.set('GET /v1/surveys', { status: 200, body: { days: 90, programs: [{ program: 'after', requested: 1, sent: 4, answered: 1, expired: 0, suppressed: { left: 1 }, responseRate: 0.25 }], waiting: { surveys: 1, since: '2026-11-03T07:00:00.000Z' }, next: null, surveys: [
      { survey: 'V1', customer: 'c1', state: 'suppressed', program: 'after', reason: 'left', instrument: 'csat', instrumentVersion: 1, channel: null, contact: 'ann', ticket: 'T-1', beganAt: '2026-11-03T07:00:00.000Z', sentAt: null, answeredAt: null, until: null }] } });
    const { out } = await run('list', '--program', 'after');
    expect(out).toMatch(/after +4 +1 +25 % +1 left/);
    expect(out).toContain('1 wait to go out, the longest since 2026-11-03T07:00: touchline doctor says why');
    expect(out).toMatch(/2026-11-03T07:00 +after +suppressed: left +c1 +ann +T-1/);
  });
});
