import { figuresIn, type Report } from './block.js';
import { valueWords } from './words.js';

/** What a later look at the same quarter says otherwise. */
export interface Restated { readonly figure: string; readonly label: string; readonly was: number | null; readonly is: number | null; readonly say: string }

/** Every figure that is not what it was, in the order of the report; of the same composition. */
export function restatedIn(was: Report, is: Report): Restated[] {
  const now = new Map(figuresIn(is).map((figure) => [figure.id, figure]));
  return figuresIn(was).flatMap((before): Restated[] => {
    const after = now.get(before.id);
    if (!after || after.value === before.value) return [];
    const words = (figure: typeof before) => (figure.value === null ? figure.missing! : valueWords(figure.value, figure.unit, figure.currency));
    return [{ figure: before.id, label: before.label, was: before.value, is: after.value, say: `${before.label} was ${words(before)}, is ${words(after)}` }];
  });
}
