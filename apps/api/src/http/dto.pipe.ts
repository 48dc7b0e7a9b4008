import { type ArgumentMetadata, Injectable, type PipeTransform } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { getMetadataStorage, validate, type ValidationError } from 'class-validator';
import { LRUCache } from 'lru-cache';
import { type Flaw, hintOrAll } from '#intake';
import { ApiProblem } from '../problems/api-problem.js';

const PLAIN = new Set<unknown>([String, Number, Boolean, Array, Object, undefined]);

const [KEPT, LONGEST] = [500, 300];

/** Short queries, by their class, that were good before and so will be again: the rules look at nothing else. */
const good = new WeakMap<object, LRUCache<string, object>>();

function goodOf(metatype: object): LRUCache<string, object> {
  const known = good.get(metatype) ?? new LRUCache<string, object>({ max: KEPT });
  good.set(metatype, known);
  return known;
}

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
    const text = type === 'query' || Object.keys(given as object).length === 0 ? JSON.stringify(given) : '';
    const known = text && goodOf(metatype).get(text);
    if (known) return Object.assign(new metatype() as object, known);
    const instance = plainToInstance(metatype, given) as object;
    const errors = await validate(instance, { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: false });
    if (errors.length === 0 && text && text.length <= LONGEST) goodOf(metatype).set(text, { ...instance });
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

const ended = (text: string): string => (text.endsWith('?') ? text : `${text}.`);

/** What may stand there, as the class of an object has it. */
function namesIn(target: object): string[] {
  const rules = getMetadataStorage().getTargetValidationMetadatas(target.constructor, '', false, false);
  return [...new Set(rules.map(({ propertyName }) => propertyName))];
}

function flawsOf({ target, property, constraints = {}, children = [] }: ValidationError, base: string): Flaw[] {
  const pointer = base + pointerTo(property);
  const own = Object.entries(constraints).slice(0, 1).map(([rule, text]) =>
    ({ pointer, detail: rule === 'whitelistValidation' ? `There is no \`${property.slice(0, 64)}\` here.${hintOrAll(property, namesIn(target!))}` : ended(text.replace(property, `\`${property}\``)) }));
  return [...own, ...children.flatMap((child) => flawsOf(child, pointer))];
}
