import { Ajv, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';
import { contradictionsIn, keywords, schemaOf } from '#journey';
import { type Flaw, Problem } from '../refusals.js';
import { flawsOf } from './flaws.js';
import { parseTime } from './times.js';

const ajv = new Ajv({ allErrors: true, verbose: true, strict: false });
formats.default(ajv, ['date', 'email', 'uri', 'time', 'duration']);
ajv.addVocabulary([...keywords]);
ajv.addFormat('date-time', (text) => parseTime(text) !== null);

const compiled = new Map<string, ValidateFunction>();

/** Holds data against the schema of (type, version), compiled once, against itself, and against the time of the fact where that is at hand. The version must be one that the catalogue knows. */
export function validateData(type: string, version: number, data: unknown, base: string, most: number, occurredAt?: string): Problem | undefined {
  const key = `${type} ${version}`;
  let validate = compiled.get(key);
  if (!validate) compiled.set(key, validate = ajv.compile(schemaOf(type, version) as object));
  const flaws = (validate(data) ? contradictions(contradictionsIn(type, version, data as Record<string, unknown>, occurredAt), base) : flawsOf(validate.errors ?? [], base)).slice(0, most);
  return flaws.length === 0 ? undefined : new Problem('data-invalid', flaws[0]!.pointer, flaws[0]!.detail, flaws);
}

function contradictions(found: ReturnType<typeof contradictionsIn>, base: string): Flaw[] {
  return found.map(({ path, message }) => ({ pointer: [base, ...path].join('/'), detail: sentence(message) }));
}

// The rules of the catalogue speak in half sentences.
const sentence = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`;
