import { Ajv } from 'ajv';
import { createHash } from 'node:crypto';
import { isScalar, LineCounter, parseDocument, type Document } from 'yaml';
import { flawsOf } from '../../record-events/flaws.js';
import type { Mapping } from './mapping.js';
import { MappingError, type MappingFault } from './mapping-error.js';
import { mappingSchema } from './mapping-schema.js';

/** A mapping that is well formed. Whether it fits its file is only known when that is opened. */
export interface LoadedMapping {
  readonly mapping: Mapping;
  /** SHA-256 of the text, in hex. */
  readonly hash: string;
  /** Adds the line of the YAML file to a fault. */
  readonly locate: (fault: MappingFault) => MappingFault;
}

const validate = new Ajv({ allErrors: true, verbose: true, strict: false }).compile(mappingSchema);

/** Reads a YAML mapping. @throws MappingError naming every fault with its line */
export function loadMapping(yaml: string): LoadedMapping {
  const lines = new LineCounter();
  const document = parseDocument(yaml, { lineCounter: lines, merge: true, prettyErrors: false });
  if (document.errors.length > 0) {
    throw new MappingError(document.errors.map(({ message, pos }) => ({ pointer: '', message: `This is not YAML: ${message}`, line: lines.linePos(pos[0]).line })));
  }
  const mapping: unknown = asValues(document);
  const locate = (fault: MappingFault): MappingFault => ({ ...fault, line: lineOf(document, lines, fault.pointer) });
  if (mapping === null) throw new MappingError([{ pointer: '', message: 'The mapping is empty. It begins with `mapping: 1`, `source` and `events`.' }]);
  if (!validate(mapping)) {
    throw new MappingError(flawsOf(validate.errors ?? [], '', 'The mapping').map(({ pointer, detail }) => locate({ pointer, message: detail })));
  }
  return { mapping: mapping as Mapping, hash: createHash('sha256').update(yaml).digest('hex'), locate };
}

function asValues(document: Document): unknown {
  try {
    return document.toJS({ maxAliasCount: 1000 });
  } catch (error) {
    throw new MappingError([{ pointer: '', message: `This YAML cannot be read: ${(error as Error).message}` }]);
  }
}

// The nearest thing that still stands in the file: a field that is missing has no line of its own.
function lineOf(document: Document, counter: LineCounter, pointer: string): number | undefined {
  const path = pointer.split('/').slice(1).map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~')).map((step) => (/^\d+$/.test(step) ? Number(step) : step));
  for (let length = path.length; length >= 0; length--) {
    const steps = path.slice(0, length);
    const start = keyStart(document, steps) ?? (document.getIn(steps, true) as { range?: [number, number, number] } | undefined)?.range?.[0];
    if (start !== undefined) return counter.linePos(start).line;
  }
  return undefined;
}

function keyStart(document: Document, steps: readonly (string | number)[]): number | undefined {
  const parent = document.getIn(steps.slice(0, -1), true) as { items?: readonly unknown[] } | undefined;
  const pair = parent?.items?.find((item) => {
    const key = (item as { key?: unknown } | null)?.key;
    return isScalar(key) && String(key.value) === String(steps.at(-1));
  }) as { key: { range?: [number, number, number] } } | undefined;
  return pair?.key.range?.[0];
}
