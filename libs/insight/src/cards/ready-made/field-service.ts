import type { Card } from '../card.js';
import { line } from '../make-curve.js';
import { bands, contractMeasures as contract, measureBands, peopleMeasures as people, serviceMeasures as service } from './parts.js';

/**
 * For who installs and looks after machines on site. A machine that stands still is not made up for by prompt answers elsewhere, so the site is as good as its worst: outages, work that had
 * to be done again, work that waits. Appointments are promises; an installation that is late is the first promise. A site that nobody visits is one that nobody sees: never visited counts as the
 * worst. The frame contract is lost by its worst site, so roll-up is the worst child.
 */
export const fieldService: Card = {
  id: 'field-service', version: 1, label: 'Field service', bands, measureBands, rollUp: { kind: 'worst-child' },
  groups: [
    { id: 'site', label: 'Site', weight: 35, combine: { kind: 'worst' } }, { id: 'appointments', label: 'Appointments', weight: 25 },
    { id: 'people', label: 'People', weight: 20 }, { id: 'contract', label: 'Contract', weight: 20 },
  ],
  measures: [
    service.outages({ group: 'site', weight: 12 }), service.reopened({ group: 'site', weight: 12 }), service.ageing({ group: 'site', weight: 11 }),
    people.promises({ group: 'appointments', weight: 9 }), service.missed({ group: 'appointments', weight: 8 }),
    { id: 'installation', group: 'appointments', signal: 'deployment', weight: 8, label: 'Installation on time', unit: 'days late', curve: line([0, 1], [7, 0.6], [30, 0]), staleAfter: null },
    { id: 'visits', group: 'people', signal: 'visits', weight: 8, label: 'Visits', unit: 'days since', curve: line([60, 1], [240, 0]), staleAfter: null, whenUnknown: 'worst' },
    people.userVoice({ group: 'people', weight: 6 }), people.payerContact({ group: 'people', weight: 6 }),
    contract.leaving({ group: 'contract', weight: 9 }), contract.renewal({ group: 'contract', weight: 4 }), contract.overdue({ group: 'contract', weight: 7 }),
  ],
};
