import { percentWords } from '#insight';
import type { ChurnRiskAnswer } from '#read-model';
import { horizonWords } from './figures-table.js';

/** How likely a customer leaves and why, for people. */
export function riskLines({ name, customer, say, chances, explained, alike, comparable, acquisition, buyer, confidence, model, heldOut }: ChurnRiskAnswer, shown: number): string[] {
  const drivers = explained?.drivers ?? [];
  return [
    `${name ?? customer}: ${say}`,
    ...chances.map(({ horizon, until, probability, low, high }) => `  ${horizon === 'renewal' ? 'by 30 days after the next renewal' : `within ${horizonWords(horizon)}`} (${until}): ${percentWords(probability)}${low === high ? '' : `, 95 % between ${percentWords(low)} and ${percentWords(high)}`}`),
    ...(drivers.length > 0 ? ['Why:', ...drivers.slice(0, shown).map((driver) => `  ${driver.say}`), ...(drivers.length > shown ? [`  and ${drivers.length - shown} more, which weigh less: --all`] : [])] : []),
    ...(heldOut === null ? [] : [`Held out of the experiment ${heldOut}: nothing is to be done to keep them.`]),
    ...(buyer ? [buyer.say] : []),
    ...acquisition.map((each) => each.say),
    ...(comparable ? [comparable.say] : []),
    ...(alike.length > 0 ? [`Most alike: ${alike.map((one) => `${one.name ?? one.customer} at the end of ${one.on}, who ${one.left ? 'left' : 'stayed'}`).join('; ')}.`] : []),
    `${confidence.say} ${model.say}`,
  ];
}
