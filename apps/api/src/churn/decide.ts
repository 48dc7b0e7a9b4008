import type { DataFor } from '#journey';
import type { Compared, ModelState } from '#read-model';
import { ApiProblem } from '../problems/api-problem.js';
import type { Judgement } from './better.js';
import type { Suspicion } from './suspicious.js';

/** What is asked of a model, and what is known when it is decided. */
export interface PromotionAsked {
  readonly model: string;
  readonly state: ModelState['state'];
  readonly reason: string | undefined;
  readonly suspicion: Suspicion | null;
  /** Against the model in force, on the same rows. */
  readonly comparison: Compared & Judgement;
}

type Promoted = DataFor<'churnmodel.promoted'>;

/** Whether a reason names a column, as a word of its own. */
function names(reason: string, column: string): boolean {
  const at = ` ${reason.toLowerCase()} `.split(column.toLowerCase());
  return at.slice(1).some((after, place) => !/[\w-]$/.test(at[place]!) && !/^[\w-]/.test(after));
}

/** Whether a promotion has to be compared at all: what is refused whatever the figures are refuses at once. @throws ApiProblem */
export function mayBePromoted({ state, reason, suspicion }: Pick<PromotionAsked, 'state' | 'reason' | 'suspicion'>): void {
  if (state === 'in-force') throw new ApiProblem('model-in-force', 'It answers already.');
  if (state === 'retired' && reason === undefined) throw new ApiProblem('model-retired', 'Somebody retired it.');
  if (suspicion === null) return;
  const unnamed = suspicion.columns.filter((column) => !names(reason ?? '', column));
  if (unnamed.length > 0 || reason === undefined) throw new ApiProblem('model-suspicious', suspicion.says, { members: { columns: unnamed } });
}

/** A model comes into force because it did better on time that it had not seen, or because somebody says why. @throws ApiProblem with the figures of both */
export function decidePromotion(asked: PromotionAsked): Promoted {
  mayBePromoted(asked);
  const { model, reason, comparison } = asked;
  if (!comparison.better && reason === undefined) throw new ApiProblem('model-not-better', comparison.says, { members: { comparison } });
  return {
    model, ...(reason === undefined ? {} : { reason }), comparedWith: comparison.current,
    better: comparison.horizons.map(({ horizon, rows, figures }) => {
      const [loss, auc] = [figures.find(({ name }) => name === 'logLoss')!, figures.find(({ name }) => name === 'auc')!];
      return { horizon: String(horizon) as '30', rows, ...known({ logLoss: loss.challenger, logLossBefore: loss.incumbent, lessBy: loss.better.value, low: loss.better.low, high: loss.better.high, auc: auc.challenger, aucBefore: auc.incumbent }) };
    }),
  };
}

/** @throws ApiProblem for one that is retired already */
export function decideRetirement({ model, state, reason }: { readonly model: string; readonly state: ModelState['state']; readonly reason: string }): DataFor<'churnmodel.retired'> {
  if (state === 'retired') throw new ApiProblem('model-retired', 'Nothing is left to do.');
  return { model, reason };
}

/** What cannot be told is left out. */
const known = <T extends Record<string, number | null>>(figures: T): { [Name in keyof T]?: number } => Object.fromEntries(Object.entries(figures).filter(([, value]) => value !== null)) as { [Name in keyof T]?: number };
