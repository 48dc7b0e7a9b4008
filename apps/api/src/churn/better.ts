import { type Comparison, priorChurnModel } from '#insight';
import type { Compared } from '#read-model';

/** Whether a model did better than the one in force, and why. */
export interface Judgement {
  readonly better: boolean;
  readonly says: string;
}

/** The horizon that decides, or the first of these that can be told. */
const DECIDES = [90, 180, 30, 'renewal'] as const;

/** Against assumptions it is enough to be less surprised and to rank better, and surely better than chance; against a model that has learnt, to be surely less surprised, about the same causes of leaving. */
export function judge({ current, horizons, sameCauses }: Compared): Judgement {
  if (!sameCauses) return { better: false, says: `It counts other causes of leaving than ${current}: what they foretell cannot be compared.` };
  const deciding = DECIDES.flatMap((horizon) => horizons.find((one) => one.horizon === horizon && one.rows > 0) ?? [])[0];
  if (!deciding) return { better: false, says: 'There is no time of which a model could have foretold anything that it had not seen; so nothing shows that it is better.' };
  const [loss, auc] = [figureOf(deciding, 'logLoss'), figureOf(deciding, 'auc')];
  const better = current === priorChurnModel.id ? (loss.better.value ?? 0) > 0 && (auc.better.value ?? 0) > 0 && (auc.atLeast ?? 0) > CHANCE : (loss.better.low ?? 0) > 0;
  if (loss.better.low === 0 && loss.better.high === 0) return { better: false, says: `It is made the same way as ${current}, and there is no time that neither has seen: only a reason, such as newer data, can tell them apart.` };
  return { better, says: saysOf(deciding, { loss, auc, current, better }) };
}

/** The AUC of who ranks by lot. */
const CHANCE = 0.5;

type Figure = Comparison['figures'][number];

const figureOf = ({ figures }: Comparison, name: Figure['name']): Figure => figures.find((one) => one.name === name)!;

function saysOf({ horizon, rows }: Comparison, { loss, auc, current, better }: { loss: Figure; auc: Figure; current: string; better: boolean }): string {
  const digits = (value: number | null, count: number) => (value === null ? 'unknown' : value.toFixed(count));
  const { value, low, high } = loss.better;
  const interval = low === null ? '' : ` (less by ${digits(value, 4)}; 95 %: ${digits(low, 4)} to ${digits(high, 4)})`;
  return `Of ${rows} rows that it had not seen, who leaves ${horizon === 'renewal' ? 'by the next renewal' : `within ${horizon} days`}: its log-loss is ${digits(loss.challenger, 4)}, and that of ${current} ${digits(loss.incumbent, 4)}${interval}; its AUC is ${
    digits(auc.challenger, 3)}, and ${digits(auc.incumbent, 3)}. So it is ${better ? '' : 'not clearly '}better.`;
}
