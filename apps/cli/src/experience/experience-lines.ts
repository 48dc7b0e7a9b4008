import { durationWords, percentWords } from '#insight';
import type { ExperienceAnswers, OutagesAnswer, PainAnswer, WatermelonAnswer } from '#read-model';
import { counted, moneyText } from '../text/figures.js';

interface Told { readonly n: number; readonly value: number | null; readonly low: number | null; readonly high: number | null }

const told = ({ n, value, low, high }: Told, words: (value: number) => string, missing: string | null = null) => (
  value === null ? missing === null ? 'nothing to say' : `not measured: ${missing}` : `${words(value).padStart(8)}${low === null || high === null ? '' : `  (${words(low)} to ${words(high)})`}  of ${n}`);
const share = (figure: Told, missing?: string | null) => told(figure, percentWords, missing);
const net = (figure: Told, missing?: string | null) => told(figure, (value) => String(Math.round(value)), missing);
const minutes = (length: number | null) => (length === null ? 'not known' : length < 90 ? counted(Math.round(length), 'minute') : durationWords(length / 60));
const line = (label: string, words: string) => `  ${label.padEnd(26)}${words}`;
const MOST = 15;

/** Figures with their 95 % intervals. */
export function experienceLines({ from, to, overall, missing, by, groups, hidden, spread, subjects }: ExperienceAnswers): string[] {
  const { answers, nps, topBox, csat, ces, xla, response, tickets } = overall;
  return [
    `How customers lived through our service, ${from} to ${to}: ${counted(answers.n, 'answer')} of ${counted(answers.people, 'person', 'people')} at ${counted(answers.accounts, 'customer')}. In brackets: 95 % intervals.`,
    line('excellent answers', share(topBox, missing['top-box'])), line('satisfied (CSAT)', share(csat, missing.csat)), line('NPS, by person', net(nps.respondent, missing.nps)), line('NPS, by customer', net(nps.account, missing.nps)), line('NPS, by what they pay', net(nps.arr, missing.nps)),
    line('it was easy (CES)', share(ces.easy, missing.ces)), line('happiness (XLA)', net(xla.happiness, missing.xla)), line('answered', share(response.rate, missing.response)),
    line('targets met', share(tickets!.slaKept, missing.sla)), line('came back', share(tickets!.reopened, missing.reopened)), line('escalated', share(tickets!.escalated, missing.escalated)),
    line('solved after (median)', `${missing.resolve === null ? `${minutes(tickets!.resolve.working.median)} of working time` : `not measured: ${missing.resolve}`}, ${counted(tickets!.open, 'ticket')} open`),
    ...subjects.filter(({ key }) => key !== null).map(({ key, topBox: top }) => line(`excellent, of ${key}`, share(top))),
    ...(by === null ? [] : ['', `By ${by}: excellent answers; targets met`, ...groups.slice(0, MOST).map(({ key, topBox: top, tickets: own }) => line(key ?? '(not known)', `${share(top)}${own ? `; ${share(own.slaKept).trim()}` : ''}`))]),
    ...(hidden && hidden.agents > 0 ? [`  ${counted(hidden.agents, 'agent')} not shown: fewer than ${hidden.under} tickets or answers, or one such could be told through them.`] : []),
    ...(spread.warned.length === 0 ? [] : ['', `Users fell and payers have not yet: ${spread.warned.map(({ name, customer }) => name ?? customer).join(', ')}`]),
  ];
}

export function painLines({ from, to, pains, words, told: how }: PainAnswer): string[] {
  return [
    `Where it hurts, ${from} to ${to}: severity of each mention times what the customer pays a year, a weight to rank by and no money lost.`,
    ...pains.slice(0, MOST).map(({ label, mentions, pain, severity, trend }) => line(label, `${pain ? `weight ${moneyText(pain)}` : 'no amount'}; ${counted(mentions, 'mention')}, severity ${percentWords(severity.value ?? 0)}, ${trend.says}`)),
    `${counted(words.answers, 'answer')} with words that are not excellent; of ${words.withoutTheme} no theme fits. ${how.own ? 'Themes of your own.' : 'Themes to begin with.'}`,
  ];
}

export function outageLines({ from, to, figures, outages }: OutagesAnswer): string[] {
  const { noticeLag, toldFirst, longestSilence } = figures;
  return [
    `Outages, ${from} to ${to}: ${counted(outages.length, 'outage')}, ${counted(figures.cases, 'case')}: an outage counts once at each customer that it hit.`,
    line('first word (median)', `${minutes(noticeLag.median)} after we saw it; ${noticeLag.waiting} never`), line('we spoke first', share(toldFirst)), line('longest silence (mean)', minutes(longestSilence.value)),
    ...outages.slice(0, MOST).flatMap(({ outage, service, customers }) => ['', `${outage}${service ? `, ${service}` : ''}`, ...customers.map(({ name, customer, notice, lasted, longestSilence: silence }) => (
      line(name ?? customer, `${lasted.over ? 'over after' : 'goes on since'} ${minutes(lasted.minutes)}; first word ${notice.over ? `after ${minutes(notice.minutes)}` : 'never'}; longest silence ${minutes(silence)}`)))]),
  ];
}

export function watermelonLines({ from, to, overall, accounts }: WatermelonAnswer): string[] {
  return [
    `Green outside, red inside, ${from} to ${to}: of ${counted(overall.tickets, 'ticket')} that somebody answered about.`,
    line('targets met', share(overall.slaKept)), line('of these red inside', share(overall.redInside)), line('of the others red', share(overall.redOtherwise)), '',
    ...accounts.filter(({ red }) => red.length > 0).slice(0, MOST).map(({ name, key, red, redInside }) => line(name ?? key ?? '', `${red.length} of ${redInside.n}: ${red.join(', ')}`)),
  ];
}
