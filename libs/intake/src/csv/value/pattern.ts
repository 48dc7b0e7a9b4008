import type { Scope } from '../scope.js';

/** A regular expression (ECMAScript, Unicode); a faulty one is noted and matches nothing. */
export function compilePattern(pattern: string, scope: Scope, at: string): RegExp {
  try {
    return new RegExp(pattern, 'u');
  } catch (error) {
    scope.fault(at, `This is not a regular expression: ${(error as Error).message}`);
    return /(?!)/;
  }
}
