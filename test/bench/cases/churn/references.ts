import { expectedPurchases, fitBgNbd } from '../../../../libs/insight/src/churn/models/bg-nbd.js';
import { cdnowBuyers } from './cdnow.js';
import { crossValidated } from './cross-validated.js';
import { FITS } from './fits.js';
import { atLeast, atMost, between, equal, type Reference } from './measured.js';
import { crm5Quality, crm5Stories } from './saas-crm5.js';
import { shown } from './shown.js';
import { coverage, freshSlope } from './simulated.js';
import { telcoTable } from './telco.js';

const telco: Reference = {
  name: 'IBM Telco, 3 x 10-fold stratified',
  async measured(_house, tell) {
    const table = telcoTable();
    const qualityOf = (fit: keyof typeof FITS) => shown(crossValidated(table, FITS[fit], [1, 2, 3]), tell);
    const [plain, calibrated, additive] = [await qualityOf('logistic, as it is'), await qualityOf('logistic, isotonic'), await qualityOf('additive')];
    const line = (measure: string, reference: string, held: ReturnType<typeof atLeast>) => ({ data: this.name, measure, reference, ...held });
    return [
      line('logistic as it is: AUC', '0.8453', atLeast(plain.auc, 0.845)), line('logistic as it is: Brier', '0.1354', atMost(plain.brier, 0.1357)),
      line('logistic, isotonic on inner folds: AUC', '0.8453', atLeast(calibrated.auc, 0.845)), line('logistic, isotonic on inner folds: Brier', '0.1354', atMost(calibrated.brier, 0.1357)),
      line(`logistic, isotonic on inner folds: ECE (as it is: ${plain.ece.toFixed(4)})`, '0.009-0.012', atMost(calibrated.ece, 0.012)),
      line('additive boosted: AUC', '0.8488', atLeast(additive.auc, 0.848)), line('additive boosted: Brier', '0.1338', atMost(additive.brier, 0.1342)),
      line('additive boosted, as it is: ECE', '0.009-0.012', atMost(additive.ece, 0.012)),
    ];
  },
};

const cdnow: Reference = {
  name: 'CDNOW, 2,357 customers, 39 weeks',
  async measured(_house, tell) {
    const { r, alpha, a, b, logLikelihood } = await shown(fitBgNbd(cdnowBuyers()), tell);
    const expected = expectedPurchases({ r, alpha, a, b }, { repeats: 2, last: 30.43, observed: 38.86 }, 39);
    const line = (measure: string, reference: string, held: ReturnType<typeof equal>) => ({ data: this.name, measure: `BG/NBD: ${measure}`, reference, ...held });
    return [
      line('r', '.2426', equal(r, 0.2426, 3)), line('alpha', '4.4135', equal(alpha, 4.4135, 3)), line('a', '.7929', equal(a, 0.7929, 3)), line('b', '2.4258', equal(b, 2.4258, 3)),
      line('log-likelihood', '-9582.43', equal(logLikelihood, -9_582.43, 2)), line('E[39 weeks | x=2, t_x=30.43, T=38.86]', '1.226', equal(expected, 1.226, 3)),
    ];
  },
};

const RUNS = 1_000;
const simulated: Reference = {
  name: 'simulated histories, hazard known',
  async measured(_house, tell) {
    const shares = (await shown(coverage(RUNS, 500), tell)).map((count) => count / RUNS);
    const slope = await shown(freshSlope(20_000, 1), tell);
    const line = (measure: string, held: ReturnType<typeof atLeast>) => ({ data: this.name, measure, reference: '', ...held });
    return [
      line(`truth in the 95 % interval, share of ${RUNS} runs, all coefficients`, atLeast(shares.reduce((sum, share) => sum + share, 0) / shares.length, 0.93, 3)),
      line('the same, the coefficient with the least', atLeast(Math.min(...shares), 0.93, 3)),
      line('calibration slope on 20,000 fresh accounts', between(slope, 0.9, 1.1)),
    ];
  },
};

const crm5: Reference = {
  name: 'saas-crm5, as journey events',
  async measured(_house, tell) {
    const stories = await crm5Stories();
    const [month, quarter] = [await shown(crm5Quality(stories, 31), tell), await shown(crm5Quality(stories, 91), tell)];
    const line = (measure: string, reference: string, held: ReturnType<typeof atLeast>) => ({ data: this.name, measure, reference, ...held });
    const within = ({ low, high }: typeof month) => `[${low.toFixed(3)}, ${high.toFixed(3)}]`;
    return [
      line(`31 days, logistic on the contract: AUC ${within(month)}; rule "renewal due" ${month.rule.toFixed(3)}`, '.829 [.774,.877]; rule .695', atLeast(month.auc, 0.82)),
      line('31 days: Brier', '.0119', atMost(month.brier, 0.0119)), line('31 days: lift at 10 %', '5.30', atLeast(month.lift10, 5, 2)),
      line(`91 days: AUC ${within(quarter)}; rule ${quarter.rule.toFixed(3)}`, '.731 [.696,.764]; rule .652', atLeast(quarter.auc, 0.725)),
    ];
  },
};

/** Everything that the churn models are held against, in the order of the table. */
export const references: readonly Reference[] = [telco, cdnow, crm5, simulated];
