import { describe, expect, it } from '@jest/globals';
import type { SourceRow } from './sent-row.js';
import { Settlement } from './settle.js';

const row = (number: number, events: number, more: Partial<SourceRow> = {}): SourceRow =>
  ({ row: number, line: number + 1, events: Array.from({ length: events }, () => '{}'), ids: [], ...more });
const outcomes = (settlement: Settlement, lines: number) => [...settlement.upTo(lines)].map(({ row: number, outcome }) => `${number} ${outcome}`);

describe('Rows waiting for their answer', () => {
  it('are settled in the order of the file, as soon as their last line is answered', () => {
    const settlement = new Settlement('appended');
    [row(1, 2), row(2, 0, { dropped: 'not ours' }), row(3, 1), row(4, 0)].forEach((each) => settlement.add(each));
    settlement.exception({ line: 3, status: 'duplicate', id: 'a', source: 's' });
    expect(outcomes(settlement, 1)).toEqual([]);
    expect(outcomes(settlement, 2)).toEqual(['1 appended', '2 left out']);
    expect(outcomes(settlement, 3)).toEqual(['3 duplicate', '4 no event']);
    settlement.add(row(5, 0));
    expect(outcomes(settlement, 3)).toEqual(['5 no event']);
  });

  it('count as the worst of their events', () => {
    const settlement = new Settlement('appended');
    [row(1, 2), row(2, 2)].forEach((each) => settlement.add(each));
    settlement.exception({ line: 1, status: 'duplicate' });
    settlement.exception({ line: 3, status: 'conflict' });
    settlement.exception({ line: 4, status: 'rejected' });
    expect(outcomes(settlement, Infinity)).toEqual(['1 appended', '2 rejected']);
  });

  it('name the cause where the events of a row were refused together, and which of them stand in the log', () => {
    const settlement = new Settlement('appended');
    settlement.add(row(1, 3, { ids: ['a', 'b', 'c'] }));
    const problem = (code: 'group-refused' | 'data-invalid') => ({ code, title: code, remedy: 'Mend it.', pointer: '', detail: code });
    settlement.exception({ line: 1, status: 'duplicate' });
    settlement.exception({ line: 2, status: 'rejected', problem: problem('group-refused') });
    settlement.exception({ line: 3, status: 'rejected', problem: problem('data-invalid') });
    expect([...settlement.upTo(3)]).toMatchObject([{ outcome: 'rejected', ids: ['a', 'b', 'c'], recorded: ['a'], problem: { code: 'data-invalid' } }]);
  });
});
