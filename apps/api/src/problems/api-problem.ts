import type { Flaw, Problem } from '#intake';
import { kindOf, type ProblemCode } from './problem-codes.js';

/** RFC 9457 with our additions: a stable code, the request's id, what to do next, and where each flaw is. */
export interface ProblemBody {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  /** What to do; the end of `detail` says it too. */
  readonly remedy: string;
  readonly code: ProblemCode;
  readonly requestId: string;
  readonly errors?: readonly Flaw[];
  readonly [extension: string]: unknown;
}

export interface ProblemExtras {
  readonly errors?: readonly Flaw[];
  readonly headers?: Readonly<Record<string, string>>;
  readonly members?: Readonly<Record<string, unknown>>;
}

/** An expected failure of a request, on its way to the one filter that answers it. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  constructor(readonly code: ProblemCode, readonly detail: string, readonly extras: ProblemExtras = {}) {
    super(code);
  }

  /** What the way in refused, as the answer to a request for that one thing. */
  static ofRefusal({ code, pointer, detail, errors }: Omit<Problem, 'code'> & { readonly code: ProblemCode }, members: Readonly<Record<string, unknown>> = {}): ApiProblem {
    return new ApiProblem(code, detail, { errors: errors ?? [{ pointer, detail }], members });
  }

  get status(): number {
    return kindOf(this.code).status;
  }

  body(requestId: string): ProblemBody {
    const { title, status, remedy } = kindOf(this.code);
    const detail = this.detail.includes(remedy) ? this.detail : `${this.detail} ${remedy}`;
    return { type: `/problems/${this.code}`, title, status, detail, remedy, code: this.code, requestId, ...(this.extras.errors ? { errors: this.extras.errors } : {}), ...this.extras.members };
  }
}
