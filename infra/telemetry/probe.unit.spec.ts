import { expect, it } from '@jest/globals';
import { Probe } from './probe.js';

it('asks one question at a time, whoever wants to know, and the next one anew', async () => {
  const asked: ((answers: boolean) => void)[] = [];
  const probe = new Probe({ answers: () => new Promise((answer) => asked.push(answer)), close: () => Promise.resolve() });
  const both = Promise.all([probe.answers(), probe.answers()]);
  asked[0]!(true);
  expect([await both, asked.length]).toEqual([[true, true], 1]);
  const next = probe.answers();
  asked[1]!(false);
  expect(await next).toBe(false);
});
