import { describe, expect, it } from '@jest/globals';
import { builtInInstruments } from '#journey';
import { surveyPage } from './survey-view.js';

const page = (id: string, data: object = {}) => surveyPage({ step: 'ask', instrument: builtInInstruments.find((each) => each.id === id)!, claim: { tenant: 'acme', customer: 'c', survey: 'V', until: '' }, request: { data }, answer: null, role: null } as never, '/s/x', undefined).text;

describe('The page that asks', () => {
  it('says who asks, and about which request', () => {
    expect(page('csat', { ticket: 'T-1' })).toContain('<p>Asked by acme, about your request T-1.</p>');
    expect(page('nps')).toContain('<p>Asked by acme.</p>');
  });

  it('keeps few answers in one line, so that each end stands at its end', () => {
    expect([page('csat').includes('class="few"'), page('nps').includes('class="many"')]).toEqual([true, true]);
  });
});
