import type { CardMeasure } from '../../cards/card.js';
import { firstScorecard } from '../../cards/first-scorecard.js';
import { qualityOf } from '../../score/curve.js';
import { fresh } from '../../score/weigh.js';
import { signalOf } from '../../signals/all.js';
import { BADNESS, type Feature } from './feature.js';

/** How each measure of the scorecard would stand if all were well, as words after "14 %"; a date that is near cannot be otherwise. */
const WELL: Readonly<Record<string, string>> = {
  'licence-use': 'had most licences been in use', depth: 'had most known features been in use', trend: 'had usage stayed at its usual level',
  'open-tickets': 'had no more tickets been open than usual', 'ageing-tickets': 'had no ticket waited for more than two weeks', reopened: 'had no ticket come back',
  escalated: 'had nothing been escalated', 'resolve-time': 'had tickets been resolved as fast as usual', outages: 'had the end of every outage been announced',
  'payer-voice': 'had those who pay been satisfied', 'user-voice': 'had the users been satisfied', unanswered: 'had surveys been answered',
  contact: 'had we spoken with them within a month', 'payer-contact': 'had we spoken with who pays within two months', sponsor: 'had they a live sponsor',
  promises: 'had no promise been broken', goals: 'had their goals been reached or on track', deployment: 'had the deployment been on time',
  'overdue-invoices': 'had no invoice been overdue',
  competitor: 'had no competitor come up', silence: 'had they shown signs of life within two weeks',
};

/** Every measure of the first scorecard as badness: 0 where it costs nothing, 1 where it costs all its points. */
export const signalFeatures: readonly Feature[] = firstScorecard.measures.map((measure) => ({
  id: measure.id, label: measure.label, group: measure.group, unit: BADNESS, ...(WELL[measure.id] && { well: { x: 0, had: WELL[measure.id]! } }),
  read: (view) => {
    const reading = fresh(signalOf(measure.signal)(view), measure);
    return 'missing' in reading ? reading : { x: badness(reading.value, measure), refs: reading.refs, what: reading.what };
  },
}));

const badness = (value: number, { curve }: CardMeasure): number => 1 - qualityOf(value, curve);
