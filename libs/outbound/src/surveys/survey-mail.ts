import { DateTime } from 'luxon';
import type { Instrument } from '#journey';
import type { Mail } from '../mail/mailer.js';

const subjects: Readonly<Record<Instrument['subject'], string>> = {
  support: 'One question about your request', service: 'One question about our service', product: 'One question about our product', relationship: 'One question from us',
};

export interface SurveyMail {
  readonly to: string;
  readonly survey: string;
  /** What it is about, where it is one request. */
  readonly ticket?: string | undefined;
  readonly instrument: Instrument;
  readonly link: string;
  readonly until: string;
  readonly timeZone: string;
}

/** The mail that asks. Its links only open the page, which asks once more: nothing is answered by opening one. */
export function surveyMail({ to, survey, ticket, instrument: { question, min, max, worst, best, subject }, link, until, timeZone }: SurveyMail): Mail {
  const day = DateTime.fromISO(until, { zone: timeZone }).setLocale('en-GB').toLocaleString(DateTime.DATE_FULL);
  const scores = Array.from({ length: max - min + 1 }, (_, place) => min + place);
  const scale = `${min} means: ${worst}. ${max} means: ${best}.`;
  const ends = `The link can be used once, until ${day}.`;
  const about = ticket === undefined ? '' : `About your request ${ticket}:\n\n`;
  const cell = 'display:inline-block;min-width:36px;padding:10px 4px;margin:3px;border:1px solid #16202c;border-radius:6px;color:#16202c;text-align:center;text-decoration:none';
  return {
    to, id: `survey-${survey}`, subject: `${subjects[subject]}${ticket === undefined || subject !== 'support' ? '' : ` ${ticket}`}`,
    text: `${about}${question}\n\n${scale}\n\nAnswer here:\n${link}\n\n${ends}\n`,
    html: `<!doctype html><html lang="en"><body style="font:16px/1.5 sans-serif;color:#16202c">${about === '' ? '' : `<p>${escaped(about.trim())}</p>`}<p style="font-size:18px">${escaped(question)}</p>
<p>${scores.map((score) => `<a href="${escaped(link)}?score=${score}" style="${cell}">${score}</a>`).join('\n')}</p>
<p>${escaped(scale)}</p><p><a href="${escaped(link)}">Answer on the page</a>. ${escaped(ends)}</p></body></html>`,
  };
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
