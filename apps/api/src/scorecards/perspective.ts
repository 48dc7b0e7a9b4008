import { type Perspective, PERSPECTIVES } from '#read-model';
import { ApiProblem } from '../problems/api-problem.js';

/** @throws ApiProblem for a point of view that nobody has */
export function perspectiveOf(text: string): Perspective {
  const found = PERSPECTIVES.find((each) => each === text);
  if (!found) throw new ApiProblem('invalid-parameter', `The perspective must be one of ${PERSPECTIVES.join(', ')}.`, { errors: [{ pointer: '/perspective', detail: `It must be one of ${PERSPECTIVES.join(', ')}.` }] });
  return found;
}
