import type { DataPath } from '#journey';
import { isObject } from './raw-item.js';

/** A copy of `value` in which `change` replaced what stands at the path, where it is there; `*` is every item of a list. */
export function visitAt(value: unknown, path: DataPath, change: (found: unknown, pointer: string) => unknown, pointer = ''): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return change(value, pointer);
  if (step === '*') return Array.isArray(value) ? value.map((item, index) => visitAt(item, rest, change, `${pointer}/${index}`)) : value;
  if (!isObject(value) || value[step] === undefined) return value;
  return { ...value, [step]: visitAt(value[step], rest, change, `${pointer}/${step}`) };
}
