import { customerPaths } from '#journey';
import { isAlias, isRef } from '../identity/customer-ref.js';
import { Problem } from '../refusals.js';
import { visitAt } from './data-path.js';
import { isAliasFact } from './known-events.js';

/** Customers named inside data must be nameable as the customer of an event is; the schemas are a little wider. */
export function checkRefs(type: string, data: Record<string, unknown>, base: string): Problem | undefined {
  if (isAliasFact(type) && !isAlias({ system: data.system, id: data.id })) {
    return new Problem('data-invalid', `${base}/system`, '`system` must be 1 to 32 lower-case letters, digits and dashes.');
  }
  let problem: Problem | undefined;
  for (const path of customerPaths(type)) {
    visitAt(data, path, (ref, pointer) => {
      if (ref !== null && !isRef(ref)) problem ??= new Problem('data-invalid', base + pointer, 'A customer is named by our id (letters, digits, dots, dashes, underscores, at most 64) or by {system, id}.');
      return ref;
    });
  }
  return problem;
}
