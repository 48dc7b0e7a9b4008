import { describe, expect, it } from '@jest/globals';
import { toldAsDraft } from './told-as-draft.js';
import { triedCard } from './testing/tried-card.js';

describe('A card that was sent to be tried', () => {
  const { simulation, madeFrom } = triedCard(0);
  const names = (sent: { id: string; version?: number }, draft: string[]) => toldAsDraft({ simulation: { ...simulation, cards: { published: ['a@1', 'b@1'], draft } }, madeFrom }, sent).simulation.cards;

  it('is told as a draft, also where it bears the version it was made from; the other cards are as they are', () => {
    expect(names({ id: 'a', version: 1 }, ['a@1', 'b@1'])).toEqual({ published: ['a@1', 'b@1'], draft: ['draft made from a@1', 'b@1'] });
    expect(names({ id: 'new' }, ['new@1'])).toEqual({ published: ['a@1', 'b@1'], draft: ['draft of new'] });
  });
});
