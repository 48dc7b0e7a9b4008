import { hint } from '#intake';
import { ApiProblem } from '../problems/api-problem.js';
import { type Form, FORMS } from './offers.js';

const names = Object.keys(FORMS) as Form[];

/** The form that `format` names, else the one that `Accept` likes best. @throws ApiProblem `invalid-parameter`, `not-acceptable` */
export function formOf(format: string | undefined, accept: string | undefined): Form {
  if (format === undefined) {
    const type = accepted(accept, Object.values(FORMS));
    return names.find((name) => FORMS[name] === type)!;
  }
  if (Object.hasOwn(FORMS, format)) return format as Form;
  const detail = `\`format\` must be one of ${names.join(', ')}.${hint(String(format), names)}`;
  throw new ApiProblem('invalid-parameter', detail, { errors: [{ pointer: '/format', detail }] });
}

/** The best of the types that a route offers, by an `Accept` header (RFC 9110); the first where all are alike. @throws ApiProblem `not-acceptable` */
export function accepted(accept: string | undefined, offered: readonly string[]): string {
  if (accept === undefined || accept.trim() === '') return offered[0]!;
  const ranges = accept.toLowerCase().split(',').map((range) => {
    const [type = '', ...parameters] = range.split(';').map((part) => part.trim());
    const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
    return { type, weight: weight === undefined ? 1 : Number(weight) || 0 };
  });
  const weightOf = (type: string): number => [type, `${type.split('/')[0]!}/*`, '*/*'].map((wanted) => ranges.find((range) => range.type === wanted)).find((range) => range !== undefined)?.weight ?? 0;
  const [best] = offered.map((type) => ({ type, weight: weightOf(type) })).filter(({ weight }) => weight > 0).toSorted((a, b) => b.weight - a.weight);
  if (best === undefined) throw new ApiProblem('not-acceptable', `This comes as ${offered.join(', ')}.`, { members: { offered } });
  return best.type;
}
