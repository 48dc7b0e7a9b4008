import { describe, expect, it } from '@jest/globals';
import { fact, TODAY } from '../testing/facts.js';
import { measured } from '../testing/measure.js';
import { readSignal } from '../testing/read-signal.js';

const nps = { kind: 'nps', min: 0, max: 10 };
const csat = { kind: 'csat', min: 1, max: 5 };
const answer = (days: number, survey: string, score: number, more = {}) => fact('survey.responded', days, { survey, instrument: nps, score, role: 'payer', ...more });

describe('Answers', () => {
  it('only excellence counts in full: 9 of 10 does, 8 of 10 counts 44.44', () => {
    expect(measured('payer-voice', [answer(0, 'a', 9)])).toMatchObject({ value: 100, quality: 1, say: '1 excellent payer answer: no points lost.' });
    expect(measured('payer-voice', [answer(0, 'a', 8)])).toMatchObject({ value: 44.44, quality: 0.4305, say: expect.stringContaining('1 payer answer short of excellent cost') });
    expect(measured('payer-voice', [answer(0, 'a', 0)])).toMatchObject({ value: 0, quality: 0 });
  });

  it('of another scale are read on their own scale: 4 of 1 to 5 is a miss, 5 is not', () => {
    expect(measured('payer-voice', [answer(0, 'a', 5, { instrument: csat })]).value).toBe(100);
    expect(measured('payer-voice', [answer(0, 'a', 4, { instrument: csat })]).value).toBe(41.67);
  });

  it('weigh less the older they are: 9 today and 0 from 73 days ago is 365 x 100 of 365 + 292', () => {
    expect(measured('payer-voice', [answer(0, 'a', 9), answer(73, 'b', 0)])).toMatchObject({ value: 55.56, since: TODAY - 73, say: expect.stringContaining('1 of 2 payer answers short of excellent') });
  });

  it('are as fresh as the newest answer, whichever survey was sent first', () => {
    const events = [fact('survey.sent', 100, { survey: 'a' }), answer(50, 'b', 2), answer(5, 'a', 3)];
    expect(measured('payer-voice', events)).toMatchObject({ age: 5, since: TODAY - 50 });
  });

  it('stop counting after 365 days, and a track without a new one for 270 days is unknown', () => {
    expect(measured('payer-voice', [answer(365, 'a', 9)]).reason).toBe('no payer has answered in 365 days');
    expect(measured('payer-voice', [answer(270, 'a', 9)]).status).toBe('known');
    expect(measured('payer-voice', [answer(271, 'a', 9)]).reason).toBe('its newest figure is 271 days old');
  });

  it('are the payers\' or the users\' by what they say, else by the contact\'s role, else the users\'', () => {
    const anna = fact('contact.added', 90, { contact: 'anna', role: 'both' });
    const unsigned = answer(1, 'a', 10, { role: undefined, contact: 'anna' });
    expect([measured('payer-voice', [anna, unsigned]).value, measured('user-voice', [anna, unsigned]).value]).toEqual([100, 100]);
    expect([measured('payer-voice', [unsigned]).value, measured('user-voice', [unsigned]).value]).toEqual([null, 100]);
    expect(measured('user-voice', [answer(1, 'a', 10)]).status).toBe('unknown');
  });

  it('a revised answer replaces the first one', () => {
    expect(measured('payer-voice', [answer(9, 'a', 2), fact('survey.response-revised', 3, { survey: 'a', instrument: nps, score: 10, role: 'payer' })]).value).toBe(100);
  });
});

describe('Unanswered surveys', () => {
  const sent = (days: number, survey: string) => fact('survey.sent', days, { survey });

  it('three of four are 75 %, half the way from 50 to 100', () => {
    const events = [sent(90, 'a'), sent(60, 'b'), sent(30, 'c'), sent(20, 'd'), answer(18, 'd', 9)];
    expect(measured('unanswered', events)).toMatchObject({ value: 75, quality: 0.5, since: TODAY - 76, say: expect.stringContaining('3 of 4 surveys unanswered in 180 days') });
  });

  it('wait 14 days for an answer, and never count what was held back', () => {
    expect(measured('unanswered', [sent(13, 'a')]).status).toBe('unknown');
    expect(measured('unanswered', [sent(14, 'a')])).toMatchObject({ value: 100, quality: 0 });
    expect(measured('unanswered', [fact('survey.requested', 30, { survey: 'a' }), fact('survey.suppressed', 30, { survey: 'a', reason: 'open-ticket' })]).status).toBe('unknown');
  });
});

describe('Answers by the kind of question', () => {
  const given = (days: number, kind: string, score: number, more = {}) => fact('survey.responded', days, { survey: `${kind}${days}`, instrument: { kind, min: 0, max: 10 }, score, ...more });
  const isMiss = (value: number) => value < 100;

  it('are heard whoever gave them, and only those of that kind', () => {
    const events = [given(0, 'nps', 9, { role: 'payer' }), given(73, 'nps', 0, { role: 'user' }), given(1, 'csat', 9), given(1, 'ces', 8), given(1, 'xla', 0)];
    expect(readSignal('nps', events, { isBad: isMiss })).toMatchObject({ value: 365 * 100 / (365 + 292), age: 0, refs: [events[0]!.revision, events[1]!.revision], since: TODAY - 73, what: '1 of 2 NPS answers short of excellent' });
    expect([readSignal('csat', events), readSignal('ces', events), readSignal('xla', events)]).toMatchObject([{ value: 100, what: '1 excellent CSAT answer' }, { value: 50 * 0.8 / 0.9, what: '1 CES answer short of excellent' }, { value: 0 }]);
  });

  it('are unknown after a year, and where that was never asked', () => {
    expect(readSignal('nps', [given(365, 'nps', 9)])).toEqual({ missing: 'no NPS question was answered in 365 days' });
    expect(readSignal('xla', [given(1, 'nps', 9)])).toEqual({ missing: 'no XLA question was answered in 365 days' });
  });

  it('tell the time that is lost, as the mean of those who say it: 30 and 150 minutes are one and a half hours', () => {
    const events = [given(90, 'xla', 3, { lostMinutes: 150 }), given(8, 'xla', 9, { lostMinutes: 30 }), given(2, 'xla', 9), given(1, 'csat', 9, { lostMinutes: 900 })];
    expect(readSignal('lostTime', events, { isBad: (value) => value >= 1 })).toEqual({ value: 1.5, refs: [events[0]!.revision, events[1]!.revision], age: 8, since: TODAY - 90, what: '1.5 hours of work lost per XLA answer' });
    expect(readSignal('lostTime', [given(1, 'xla', 9, { lostMinutes: 0 })])).toMatchObject({ value: 0, what: 'no hours of work lost per XLA answer' });
    expect(readSignal('lostTime', events.slice(2))).toEqual({ missing: 'no XLA answer of 365 days says how much time was lost' });
  });

  it('are replaced as a whole by a revised one', () => {
    const revised = fact('survey.response-revised', 3, { survey: 'xla9', instrument: { kind: 'xla', min: 0, max: 10 }, score: 10 });
    expect(readSignal('xla', [given(9, 'xla', 2, { lostMinutes: 60 }), revised])).toMatchObject({ value: 100 });
    expect(readSignal('lostTime', [given(9, 'xla', 2, { lostMinutes: 60 }), revised])).toHaveProperty('missing');
  });
});
