import { type ArgumentMetadata, Injectable, type PipeTransform } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { validate, type ValidationError } from 'class-validator';
import type { Flaw } from '#intake';
import { ApiProblem } from '../problems/api-problem.js';

const PLAIN = new Set<unknown>([String, Number, Boolean, Array, Object, undefined]);

/** Classes that took an empty query or body before, and so will again. */
const takesNothing = new WeakSet<object>();

/** Holds query strings and bodies against their class; what a class does not know is refused by name. */
@Injectable()
export class DtoPipe implements PipeTransform {
  async transform(value: unknown, { type, metatype }: ArgumentMetadata): Promise<unknown> {
    if (!metatype || PLAIN.has(metatype) || (type !== 'query' && type !== 'body')) return value;
    if (type === 'query') refuseRepeated(value as Record<string, unknown>);
    const given = type === 'body' && value === undefined ? {} : value;
    if (type === 'body' && (typeof given !== 'object' || given === null || Array.isArray(given))) {
      throw new ApiProblem('invalid-body', 'The body must be a JSON object.', { errors: [{ pointer: '', detail: 'Expected an object.' }] });
    }
    const isEmpty = Object.keys(given as object).length === 0;
    if (isEmpty && takesNothing.has(metatype)) return new metatype() as unknown;
    const instance = plainToInstance(metatype, given) as object;
    const errors = await validate(instance, { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: false });
    if (errors.length === 0 && isEmpty) takesNothing.add(metatype);
    if (errors.length === 0) return instance;
    const flaws = errors.flatMap((error) => flawsOf(error, ''));
    if (type === 'body') throw new ApiProblem('invalid-body', flaws[0]!.detail, { errors: flaws });
    throw new ApiProblem('invalid-parameter', flaws.map(({ detail }) => detail).join(' '), { errors: flaws });
  }
}

function refuseRepeated(query: Record<string, unknown>): void {
  const errors = Object.entries(query).filter(([, value]) => Array.isArray(value)).map(([name]) => ({ pointer: pointerTo(name), detail: `\`${name.slice(0, 64)}\` is given more than once.` }));
  if (errors.length > 0) throw new ApiProblem('invalid-parameter', errors[0]!.detail, { errors });
}

const pointerTo = (name: string) => `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;

function flawsOf({ property, constraints = {}, children = [] }: ValidationError, base: string): Flaw[] {
  const pointer = base + pointerTo(property);
  const own = Object.entries(constraints).slice(0, 1).map(([rule, text]) =>
    ({ pointer, detail: rule === 'whitelistValidation' ? `There is no \`${property.slice(0, 64)}\` here.` : `${text.replace(property, `\`${property}\``)}.` }));
  return [...own, ...children.flatMap((child) => flawsOf(child, pointer))];
}
