import { contactPaths, customerPaths, type DataPath, isTenantType, personalPaths } from '#journey';

/** The fields of a type that are more than values. */
export interface FieldPaths {
  readonly personal: readonly DataPath[];
  readonly contacts: readonly DataPath[];
  readonly customers: readonly DataPath[];
}

const known = new Map<string, FieldPaths>();

/** Worked out once per type and version; a tenant's own types are not kept, there may be any number of them. */
export function fieldPaths(type: string, version: number): FieldPaths {
  const key = `${type} ${version}`;
  const paths = known.get(key) ?? { personal: personalPaths(type, version), contacts: contactPaths(type), customers: customerPaths(type) };
  if (!isTenantType(type)) known.set(key, paths);
  return paths;
}
