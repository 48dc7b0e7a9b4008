import type { ChurnRiskAnswer } from '#read-model';
import { horizonWords } from './figures-table.js';

const percent = (chance: number): string => `${(100 * chance).toFixed(chance < 0.1 ? 1 : 0)} %`;

/** How likely a customer leaves and why, for people. */
export function riskLines({ name, customer, say, chances, explained, alike, comparable, acquisition, buyer, confidence, model }: ChurnRiskAnswer, shown: number): string[] {
  const drivers = explained?.drivers ?? [];
  return [
    `${name ?? customer}: ${say}`,
    ...chances.map(({ horizon, until, probability, low, high }) => `  within ${horizonWords(horizon)} (${until}): ${percent(probability)}${low === high ? '' : `, 95 % between ${percent(low)} and ${percent(high)}`}`),
    ...(drivers.length > 0 ? ['Why:', ...drivers.slice(0, shown).map((driver) => `  ${driver.say}`), ...(drivers.length > shown ? [`  and ${drivers.length - shown} more, which weigh less: --all`] : [])] : []),
    ...(buyer ? [buyer.say] : []),
    ...acquisition.map((each) => each.say),
    ...(comparable ? [comparable.say] : []),
    ...(alike.length > 0 ? [`Most alike: ${alike.map((one) => `${one.name ?? one.customer} at the end of ${one.on}, who ${one.left ? 'left' : 'stayed'}`).join('; ')}.`] : []),
    `${confidence.say} ${model.say}`,
  ];
}
