import { describe, expect, it } from '@jest/globals';
import { eventTypes } from './catalogue.js';
import { contactPaths, customerPaths, personalPaths } from './paths.js';

const joined = (paths: readonly (readonly string[])[]) => paths.map((path) => path.join('/'));

describe('Where a fact speaks of people', () => {
  it('names every personal field of a contact, and of an answer in each version', () => {
    expect(joined(personalPaths('contact.added', 1))).toEqual(['name', 'email', 'phone', 'title']);
    expect([1, 2].map((version) => joined(personalPaths('survey.responded', version)))).toEqual([['verbatim'], ['verbatim']]);
    expect(personalPaths('customer.registered', 1)).toEqual([]);
  });

  it("takes all of a tenant's own fact for personal", () => {
    expect(personalPaths('x-training.completed', 1)).toEqual([[]]);
  });

  it('finds contacts alone and in lists, and the parent company', () => {
    expect(joined(contactPaths('ticket.opened'))).toEqual(['contact']);
    expect(joined(contactPaths('engagement.call-held'))).toEqual(['with/*']);
    expect(joined(customerPaths('customer.parent-changed'))).toEqual(['parent']);
    expect([...contactPaths('customer.parent-changed'), ...customerPaths('ticket.opened'), ...contactPaths('no.such')]).toEqual([]);
  });

  it('marks every field called contact or with', () => {
    const unmarked = eventTypes.filter(({ type, schema }) => {
      const { properties = {} } = schema as { properties?: object };
      return ('contact' in properties || 'with' in properties) && contactPaths(type).length === 0;
    });
    expect(unmarked).toEqual([]);
  });
});
