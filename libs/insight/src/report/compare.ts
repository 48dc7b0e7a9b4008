import { figuresIn, type Report, type Restated } from './block.js';
import { apartWords, figureWords } from './words.js';

/** Every figure that is not what it was, in the order of the report; of the same composition. */
export function restatedIn(was: Report, is: Report): Restated[] {
  const now = new Map(figuresIn(is).map((figure) => [figure.id, figure]));
  return figuresIn(was).flatMap((before): Restated[] => {
    const after = now.get(before.id);
    if (!after || after.value === before.value) return [];
    const [then, today] = before.value === null || after.value === null ? [figureWords(before), figureWords(after)] : apartWords(before.value, after.value, after.unit, after.currency);
    return [{ figure: before.id, label: before.label, was: before.value, is: after.value, say: `${before.label} was ${then}, is ${today}`, facts: null }];
  });
}
