import { Ajv, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';
import { keywords, schemaOf } from '#journey';
import { Problem } from '../refusals.js';
import { flawsOf } from './flaws.js';
import { parseTime } from './times.js';

const ajv = new Ajv({ allErrors: true, verbose: true, strict: false });
formats.default(ajv, ['date', 'email', 'uri', 'time', 'duration']);
ajv.addVocabulary([...keywords]);
ajv.addFormat('date-time', (text) => parseTime(text) !== null);

const compiled = new Map<string, ValidateFunction>();

/** Holds data against the schema of (type, version), compiled once. The version must be one that the catalogue knows. */
export function validateData(type: string, version: number, data: unknown, base: string, most: number): Problem | undefined {
  const key = `${type} ${version}`;
  let validate = compiled.get(key);
  if (!validate) compiled.set(key, validate = ajv.compile(schemaOf(type, version) as object));
  if (validate(data)) return undefined;
  const flaws = flawsOf(validate.errors ?? [], base).slice(0, most);
  return new Problem('data-invalid', flaws[0]!.pointer, flaws[0]!.detail, flaws);
}
