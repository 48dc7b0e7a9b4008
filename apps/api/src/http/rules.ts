import { Transform, Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsDefined, IsIn, IsInt, IsNumber, IsObject, Matches, Max, Min, ValidateBy, ValidateIf, ValidateNested, type ValidationArguments } from 'class-validator';
import { hint } from '#intake';

/** May be left out. Unlike `IsOptional`, null is not the same as left out. */
export const Optional = () => ValidateIf((_, value) => value !== undefined);

/** A number between two bounds, both of which belong to it; what is wrong is said in one way. */
export function IsFigure(from: number, to: number): PropertyDecorator {
  const message = `$property must be a number from ${from} to ${to}`;
  return all(IsNumber({}, { message }), Min(from, { message }), Max(to, { message }));
}

/** The same of a whole number. */
export function IsWhole(from: number, to: number): PropertyDecorator {
  const message = `$property must be a whole number from ${from} to ${to}`;
  return all(IsInt({ message }), Min(from, { message }), Max(to, { message }));
}

/** A whole number of a query string, in digits. */
export const WholeNumber = (from: number, to: number): PropertyDecorator => all(
  Transform(({ value }: { value: unknown }) => (typeof value === 'string' && /^-?\d{1,15}$/.test(value) ? Number(value) : value)), IsWhole(from, to));

const all = (...rules: readonly PropertyDecorator[]): PropertyDecorator => (target, property) => rules.forEach((rule) => rule(target, property));

/** Text of one line, up to so many characters; `each`: every item of a list is one. */
export const Line = (longest: number, { each = false } = {}) => Matches(new RegExp(`^[^\\u0000-\\u001f\\u007f-\\u009f\\ud800-\\udfff]{1,${longest}}$`, 'u'),
  { each, message: `${each ? 'each of ' : ''}$property must be a text of 1 to ${longest} characters without control characters` });

/** One of these words; another is answered with the one that was most likely meant. */
export const OneOf = (values: readonly string[]) => IsIn(values, {
  message: ({ value }: ValidationArguments) => `$property must be one of ${values.join(', ')}${typeof value === 'string' && hint(value, values) ? `.${hint(value, values)}` : ''}`,
});

const LIST_OF = 'touchline:list-of';

/** A list of up to so many things of a class. */
export function ListOf(item: new () => object, most: number): PropertyDecorator {
  const rules = [Type(() => item), IsArray({ message: '$property must be a list' }), ArrayMaxSize(most, { message: `$property must have at most ${most} entries` }), ValidateNested({ each: true, message: '$property must be a list of objects' })];
  return (target, property) => {
    Reflect.defineMetadata(LIST_OF, item, target, property);
    rules.forEach((rule) => rule(target, property as string));
  };
}

/** The class of which a field holds a list; undefined for another field. */
export const itemOf = (type: new () => object, property: string) => Reflect.getMetadata(LIST_OF, type.prototype as object, property) as (new () => object) | undefined;

const LONGEST_REASON = 200;

/** Why, on one line. Kept unsealed, so that it can be read after an erasure; hence no address of a person. */
export const Reason = () => Matches(new RegExp(`^[^@\\u0000-\\u001f\\u007f-\\u009f\\ud800-\\udfff]{1,${LONGEST_REASON}}$`, 'u'),
  { message: `$property must be a text of 1 to ${LONGEST_REASON} characters on one line, without "@"` });

const CODE = /^[A-Za-z0-9._:/-]{1,100}$/;

/** The code of a person, an outcome or the like. */
export const Code = () => Matches(CODE, { message: '$property must be 1 to 100 letters, digits and . _ : / -' });

/** A code, or null; not left out. */
export const IsCodeOrNull = () => ValidateBy({ name: 'isCodeOrNull', validator: {
  validate: (value: unknown) => value === null || (typeof value === 'string' && CODE.test(value)), defaultMessage: () => '$property must be null, or 1 to 100 letters, digits and . _ : / -',
} });

/** A number, or null; not left out. */
export const IsNumberOrNull = () => ValidateBy({ name: 'isNumberOrNull', validator: {
  validate: (value: unknown) => value === null || Number.isFinite(value), defaultMessage: () => '$property must be a number or null',
} });

/** One thing of a class; not left out. */
export function Part(item: new () => object): PropertyDecorator {
  const rules = [Type(() => item), IsDefined({ message: '$property is missing' }), IsObject({ message: '$property must be an object' }), ValidateNested({ message: '$property must be an object' })];
  return (target, property) => rules.forEach((rule) => rule(target, property as string));
}

/** Of a day that is written as it should be, that it does not exist; else what is wanted. */
const notThat = (wanted: string) => (args?: ValidationArguments): string => {
  const [day] = /^(19|[2-9]\d)\d\d-\d\d-\d\d/.exec(String(args?.value)) ?? [];
  return day !== undefined && !isDay(day) ? `$property names a day that does not exist, ${day}` : `$property must be ${wanted}`;
};

/** A day that exists, YYYY-MM-DD, from the year 1900 on. */
export const IsDay = () => ValidateBy({ name: 'isDay', validator: {
  validate: isDay, defaultMessage: notThat('a date such as 2026-11-30'),
} });

/** A day that exists, or null; not left out. */
export const IsDayOrNull = () => ValidateBy({ name: 'isDayOrNull', validator: {
  validate: (value: unknown) => value === null || isDay(value), defaultMessage: notThat('a date such as 2026-11-30, or null'),
} });

/** A day, or an instant with its zone. */
export const IsMoment = () => ValidateBy({ name: 'isMoment', validator: {
  validate: (value: unknown) => isDay(value) || isInstant(value), defaultMessage: notThat('a date such as 2026-11-30 or an instant such as 2026-11-30T15:00:00Z'),
} });

const isInstant = (value: unknown) => typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/.test(value)
  && isDay(value.slice(0, 10)) && !Number.isNaN(Date.parse(value));

function isDay(value: unknown): boolean {
  if (typeof value !== 'string' || !/^(19|[2-9]\d)\d\d-\d\d-\d\d$/.test(value)) return false;
  const at = Date.parse(`${value}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(value);
}
