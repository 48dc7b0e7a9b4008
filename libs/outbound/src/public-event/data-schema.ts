import { schemaOf } from '#journey';

/** Where the API has the schema of a type's public data. */
const dataSchemaPath = (type: string, version: number): string => `/v1/event-types/${type}/schemas/${version}`;

/** `dataschema` of a public event: a link once our address is known, before that a name with the same path. Nothing for a tenant's own types, which have no schema. */
export function dataSchemaUri(type: string, version: number, publicUrl?: string): string | undefined {
  if (!schemaOf(type, version)) return undefined;
  const path = dataSchemaPath(type, version);
  return publicUrl === undefined ? `touchline:${path}` : `${publicUrl.replace(/\/+$/, '')}${path}`;
}

type Part = Readonly<Record<string, unknown>>;

/** Of a personal field as it leaves the house: sealed, opened, or null where the key was destroyed. */
const personal = (schema: Part) => ({
  description: schema['description'],
  anyOf: [
    {
      type: 'object', required: ['kid', 'iv', 'ct'], additionalProperties: false, description: 'Sealed: nothing can be read from it.',
      properties: { kid: { type: 'string' }, iv: { type: 'string' }, ct: { type: 'string' } },
    },
    schema,
    { type: 'null', description: 'The person was erased.' },
  ],
});

/** JSON Schema (draft 2020-12) of the data of a public event: as facts are sent, but for personal fields, and people and customers, who are named by our ids. */
export function publicDataSchema(type: string, version: number): Part | undefined {
  const schema = schemaOf(type, version);
  return schema === undefined ? undefined : { $schema: 'https://json-schema.org/draft/2020-12/schema', title: `${type} ${version}`, ...(published(schema) as Part) };
}

function published(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(published);
  if (typeof schema !== 'object' || schema === null) return schema;
  const { personal: isPersonal, refersTo, hashed: _, ...rest } = schema as Part;
  const part = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, published(value)]));
  if (refersTo !== undefined) return { ...part, anyOf: (rest['anyOf'] as readonly Part[]).filter((branch) => branch['hashed'] !== true && branch['type'] !== 'object').map(published) };
  if (isPersonal === true) return personal(part);
  return part;
}
