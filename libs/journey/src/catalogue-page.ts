import type { JSONSchema } from 'json-schema-to-ts';
import { eventTypes, familyOf } from './catalogue.js';
import type { EventType } from './event-type.js';

type Schema = Exclude<JSONSchema, boolean> & { readonly personal?: boolean; readonly refersTo?: string; readonly hashed?: boolean };

const preface = `# Events

Every type of fact that Touchline takes, generated from the catalogue in \`src/types\`. Do not edit: \`UPDATE=1 npm test -- libs/journey\` writes it anew.

A field in *italics* is personal and sealed when it is stored. A type that is not here is refused, unless it is a tenant's own: \`x-family.fact\`, any object, sealed as a whole.
`;

/** The catalogue as a page of markdown: per family the types, and per type its fields and an example. */
export function cataloguePage(): string {
  const families = [...new Set(eventTypes.map((type) => familyOf(type.type)))];
  return [preface, ...families.map((family) => familySection(family, eventTypes.filter((type) => familyOf(type.type) === family)))].join('\n');
}

function familySection(family: string, types: readonly EventType[]): string {
  const rows = types.map((type) => `| [${type.type}](#${type.type.replace('.', '')}) | ${type.version} | ${type.description} |`);
  return [`## ${family}\n`, '| type | version | what happened |', '|---|---|---|', ...rows, '', ...types.map(typeSection)].join('\n');
}

function typeSection(type: EventType): string {
  const { properties = {}, required = [] } = type.schema as Schema;
  const fields = Object.entries(properties).map(([name, schema]) => fieldRow(name, schema as Schema, required.includes(name)));
  const older = Object.keys(type.older ?? {});
  const notes = [
    ...(type.internal ? ['Ours alone: no door takes it.'] : []),
    ...(older.length > 0 ? [`Version ${older.join(', ')} is still taken and lifted to version ${type.version} when it is read.`] : []),
  ];
  return [
    `### ${type.type}\n`, ...notes.map((note) => `${note}\n`), '| field | | holds | meaning |', '|---|---|---|---|', ...fields, '',
    '```json', JSON.stringify(type.example, null, 2), '```\n',
  ].join('\n');
}

function fieldRow(name: string, schema: Schema, required: boolean): string {
  const shown = schema.personal ? `*${name}*` : name;
  return `| ${shown} | ${required ? 'required' : ''} | ${holds(schema)} | ${schema.description} |`;
}

function holds(schema: Schema): string {
  if (schema.refersTo) return schema.anyOf?.some((branch) => (branch as Schema).type === 'null') ? `${schema.refersTo} or null` : schema.refersTo;
  if (schema.anyOf) return [...new Set(schema.anyOf.map((branch) => holds(branch as Schema)))].join(' or ');
  if (Array.isArray(schema.enum)) return schema.enum.join(', ');
  if (schema.format) return schema.format;
  if (schema.type === 'array') return `list of ${holds(schema.items as Schema)}`;
  if (schema.type === 'object' && schema.properties) return Object.keys(schema.properties).join(', ');
  if (schema.type === 'string') return stringKind(schema);
  return String(schema.type);
}

function stringKind(schema: Schema): string {
  if (schema.personal || schema.hashed) return `text, up to ${schema.maxLength}`;
  return schema.personal === false ? `name, up to ${schema.maxLength}` : 'code';
}
