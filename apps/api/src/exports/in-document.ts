import { problemAnswers } from '../openapi/operation.js';
import { type Schema, text } from '../openapi/schema.js';
import { type Documented, FORMS, type Offer, offerOf } from './offers.js';
import type { Schemas } from './schemas.js';

type Paths = Readonly<Record<string, Readonly<Record<string, Schema>>>>;

/** Says of each GET route how its answer comes as CSV and NDJSON: the columns are those that the schema of its JSON gives. */
export function withExports<Document extends { readonly paths: Paths; readonly components: { readonly schemas: Schemas } }>(document: Document): Document {
  const { paths, components: { schemas } } = document;
  const told = Object.entries(paths).map(([path, operations]) => {
    const get = operations['get'] as (Documented & Schema) | undefined;
    const offer = get && offerOf(path, get, schemas);
    return [path, offer ? { ...operations, get: told200(get, offer) } : operations];
  });
  return { ...document, paths: Object.fromEntries(told) as Paths };
}

function told200(get: Documented & Schema, { shape: { list, columns }, pages }: Offer): Schema {
  const ok = get.responses['200'] as Schema;
  const rows = list === null ? 'A row is one figure of one group' : `A row is one of \`${list}\``;
  const names = columns.map(({ name }) => name);
  return {
    ...get,
    parameters: [...get.parameters ?? [], { name: 'format', in: 'query', required: false, description: 'The form of the answer, whatever `Accept` says.', schema: { type: 'string', enum: Object.keys(FORMS), default: 'json' } },
      ...(pages ? [{ name: 'all', in: 'query', required: false, description: '`true`: all pages in one file, of `csv` or `ndjson`. One that breaks off under way ends without the end of its transfer.', schema: { type: 'string', enum: ['true', 'false'], default: 'false' } }] : [])],
    responses: {
      ...get.responses,
      200: {
        ...ok, ...(pages && { headers: { ...ok['headers'] as object, Link: { description: 'Of a file: the next page, `rel="next"`, where there is one.', schema: { type: 'string' } } } }),
        content: {
          ...ok['content'] as object,
          [FORMS.csv]: { schema: text(`RFC 4180 in UTF-8, with a header. ${rows}; apps/api/EXPORTS.md has the rules.`, { 'x-columns': names }) },
          [FORMS.ndjson]: { schema: text(`A row as JSON on each line. ${rows}; apps/api/EXPORTS.md has the rules.`) },
        },
      },
      ...(get.responses['406'] === undefined ? problemAnswers(['not-acceptable']) : {}),
    },
  };
}
