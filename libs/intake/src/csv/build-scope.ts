import { hint } from '../record-events/nearest.js';
import { pointerStep } from '../refusals.js';
import type { Mapping } from './mapping/mapping.js';
import type { MappingFault } from './mapping/mapping-error.js';
import { type Defaults, type LookupTable, nothing, type Scope } from './scope.js';
import { compile } from './value/compile.js';
import { defaultFormats, faultyFormat, isZone } from './value/dates.js';
import type { Evaluate } from './value/value.js';

export interface Notes {
  readonly faults: MappingFault[];
  readonly warnings: Set<string>;
}

/** What the expressions of a mapping may refer to in a file with these columns. */
export function buildScope(mapping: Mapping, columns: readonly string[], lookups: ReadonlyMap<string, LookupTable>, { faults, warnings }: Notes): Scope {
  const indexes = new Map(columns.map((name, index) => [name, index]));
  const fault = (at: string, message: string) => void (faults.some((each) => each.pointer === at && each.message === message) || faults.push({ pointer: at, message }));
  const scope: Scope = {
    defaults: defaultsOf(mapping, fault), columns, fault, warn: (message) => warnings.add(message),
    column: (name, at) => {
      const index = indexes.get(name);
      if (index === undefined) fault(at, `The file has no column "${name}".${hint(name, [...columns, ...Object.keys(mapping.values ?? {})])}${oneColumn(columns)}`);
      return index;
    },
    computed: (name) => computed(name),
    lookup: (name, at) => {
      const table = lookups.get(name);
      if (!table) fault(at, `There is no lookup \`${name}\`.${hint(name, lookups.keys())} Name it under \`lookups\`.`);
      return table;
    },
    needNeighbours: (at, ahead) => {
      if (ahead && mapping.rows?.grouped === false) fault(at, 'Which row is the last of its key is only known when the rows of a key stand together: sort the file and leave out `grouped: false`.');
      if (!mapping.rows?.key) fault(at, 'This compares rows of the same key: say `rows: {key: …}`, the column that tells which rows belong together.');
    },
  };
  const computed = computedValues(mapping, scope);
  Object.keys(mapping.values ?? {}).forEach(computed);
  return scope;
}

function oneColumn(columns: readonly string[]): string {
  if (columns.length > 1) return ` It has ${columns.slice(0, 40).join(', ')}.`;
  const mark = [';', '\t', '|', ','].find((each) => columns[0]?.includes(each));
  return ` It has only one, "${columns[0]?.slice(0, 60)}".${mark === undefined ? '' : ` Is the delimiter ${JSON.stringify(mark)}?`}`;
}

function defaultsOf({ zone, dates, locale = 'en', decimal = '.', currency }: Mapping, fault: Scope['fault']): Defaults {
  if (zone !== undefined && !isZone(zone)) fault('/zone', `"${zone}" is not a time zone; write one such as Europe/Berlin or UTC+2.`);
  dates?.forEach((format, index) => {
    const faulty = faultyFormat(format);
    if (faulty) fault(`/dates/${index}`, faulty);
  });
  return { zone: zone ?? 'UTC', dates: dates ?? defaultFormats, locale, decimal, currency };
}

function computedValues({ values = {} }: Mapping, scope: Scope): (name: string) => Evaluate | undefined {
  const known = new Map<string, Evaluate>();
  const open = new Set<string>();
  return (name) => {
    const expression = Object.hasOwn(values, name) ? values[name] : undefined;
    if (expression === undefined || known.has(name)) return known.get(name);
    const at = `/values${pointerStep(name)}`;
    if (scope.columns.includes(name)) scope.fault(at, `The file has a column "${name}" already; give the value another name.`);
    if (open.has(name)) {
      scope.fault(at, 'The value needs itself.');
      return nothing;
    }
    open.add(name);
    known.set(name, compile(expression, scope, { at }));
    open.delete(name);
    return known.get(name);
  };
}
