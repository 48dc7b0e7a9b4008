import { describe, expect, it } from '@jest/globals';
import { allComments, commentsByFeeling, commentsByTopic } from './coded-comments.js';
import { heldOut, macroF1 } from './held-out.js';

describe("On the coded comments of NHS England's Friends and Family Test, five folds of people,", () => {
  it('there are 2,412, of which 1,730 say something and 1,715 have a feeling', () => {
    expect([allComments().length, commentsByTopic().length, commentsByFeeling().length]).toEqual([2_412, 1_730, 1_715]);
  });

  it('topics with twenty comments and more are told far better than by always saying the most frequent', () => {
    const judged = heldOut(commentsByTopic(), { oneEach: false }).filter(({ ours }) => ours.support >= 20);
    expect(judged).toHaveLength(15);
    expect(macroF1(judged, 'ours')).toBeGreaterThan(0.48);
    expect(macroF1(judged, 'majority')).toBeLessThan(0.04);
    // So good that a person's words would have to be in both halves.
    expect(macroF1(judged, 'ours')).toBeLessThan(0.7);
  });

  it('feelings are', () => {
    const feeling = heldOut(commentsByFeeling(), { oneEach: true });
    expect(macroF1(feeling, 'ours')).toBeGreaterThan(0.6);
    expect(macroF1(feeling, 'majority')).toBeLessThan(0.26);
  });
});
