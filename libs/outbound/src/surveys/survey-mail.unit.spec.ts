import { expect, it } from '@jest/globals';
import { builtInInstruments } from '#journey';
import { surveyMail } from './survey-mail.js';

it('The mail that asks says which request it is about, where it is about one', () => {
  const instrument = builtInInstruments.find(({ subject }) => subject === 'support')!;
  const mail = (ticket?: string) => surveyMail({ to: 'a@b.example', survey: 'V-1', ticket, instrument, link: 'https://x.example/s/1', until: '2026-12-01T00:00:00Z', timeZone: 'UTC' });
  const about = mail('T-<1>');
  expect([about.subject, about.text.split('\n')[0]]).toEqual(['One question about your request T-<1>', 'About your request T-<1>:']);
  expect(about.html).toContain('About your request T-&lt;1&gt;:');
  expect([mail().subject, mail().text.split('\n')[0]]).toEqual(['One question about your request', instrument.question]);
});
