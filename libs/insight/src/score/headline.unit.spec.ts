import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { firstScorecard } from '../cards/first-scorecard.js';
import { foldEvents } from '../fold-events.js';
import { TODAY, utc } from '../testing/facts.js';
import { correctedHistories } from '../testing/histories.js';
import { headline } from './headline.js';
import { scoreHealth, worstMeasures } from './score-health.js';

describe('The headline of a score', () => {
  it('says what the whole score says, of any history, on any day and however much is asked for', () => {
    const seen = new Set<string>();
    fc.assert(fc.property(correctedHistories(), fc.integer({ min: TODAY - 400, max: TODAY + 400 }), fc.nat(6), (history, day, most) => {
      const sheet = foldEvents(history, utc);
      const whole = scoreHealth(sheet, firstScorecard, day);
      const { score, coverage, dataAge } = whole;
      const worst = worstMeasures(whole, most);
      expect(headline(sheet, firstScorecard, day, most)).toEqual({ score, coverage, dataAge, say: worst.map(({ say }) => say) });
      if (whole.held && worst.some(({ id }) => id === whole.held!.measure)) seen.add('a ceiling');
      if (worst.some(({ since }) => since !== null)) seen.add('a day since when');
    }));
    expect([...seen].sort()).toEqual(['a ceiling', 'a day since when']);
  });
});
