import { LogExportQuery } from '../../log/log-export.dto.js';
import { NoQuery } from '../../reads/queries.dto.js';
import { json, type Operation } from '../operation.js';
import { count, instant, orNull, position, record, ref, type Schema, text, whole } from '../schema.js';

const exporting = { method: 'get', tag: 'Facts out', scope: 'log:export', query: LogExportQuery, problems: ['invalid-parameter', 'foreign-epoch', 'not-yet-visible'] } as const;
const lines = (what: string) => ({ 'application/x-ndjson': { schema: text(what) } });
const publicKey = text("The tenant's key, its 32 bytes in base64. A change of the master key leaves it as it is.", { examples: ['11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo='] });

export const logExportSchemas: Readonly<Record<string, Schema>> = {
  LogExportKey: record('What the manifests of exports are checked with.', { algorithm: text('How it signs.', { enum: ['ed25519'] }), publicKey }),
  LogExportManifest: record('What an export of the log is.', {
    manifest: record('What is signed, in its RFC 8785 form.', {
      format: text('What this is.', { enum: ['touchline/log-export/1'] }), tenant: text('Whose events they are.'), epoch: whole('The life of the log.', { minimum: 1 }),
      from: position('All events after this position,'), to: position('and up to this one.'), first: orNull(position('Of the first event; null where there is none.')), last: orNull(position('Of the last event; null where there is none.')),
      events: count('Events, a line each.'), bytes: count('Bytes of the file.'), sha256: text('SHA-256 of the bytes, in hex.', { pattern: '^[0-9a-f]{64}$' }), software: text('Version of Touchline that made it.'), at: instant('When it was made.'),
    }),
    signature: text('Ed25519 (RFC 8032) over the manifest, in base64.'), publicKey,
  }),
  LogExportLine: {
    description: 'A line of the answer: how far it is, and at the end the manifest.', oneOf: [
      record('How far it is.', { progress: record('So far.', { events: count('Events read.') }) }), ref('LogExportManifest'), record('It was not completed.', { problem: ref('Problem') }),
    ],
  },
};

export const logExportOperations: readonly Operation[] = [
  {
    ...exporting, path: '/v1/log/export', id: 'exportLog', summary: 'The events of the tenant as they are stored, in the order of the log.',
    description: 'Personal fields stay sealed, and of who was erased for good. What is appended meanwhile is behind `X-Log-To` and not in it; nothing before it is left out. Whoever is cut off goes on with `from`, the position of the last whole line, and the same `to`. apps/api/EXPORTS.md says how it is checked.',
    answers: {
      200: {
        description: 'As they are read.', content: lines('An event a line, in its RFC 8785 form; `position` is the number of its position.'),
        headers: { 'X-Log-From': text('All events after this position,'), 'X-Log-To': text('and up to this one.') },
      },
    },
  },
  {
    ...exporting, path: '/v1/log/export/manifest', id: 'exportLogManifest', summary: 'What an export of a range is: how many events and bytes, their hash, signed.',
    description: 'The range is read anew. The same range has the same events, bytes and hash whenever it is asked for.',
    answers: { 200: { description: 'As it goes; the manifest is the last line.', content: { 'application/x-ndjson': { schema: text('A line as `LogExportLine` has it.') } } } },
  },
  {
    ...exporting, path: '/v1/log/export/key', id: 'getLogExportKey', query: NoQuery, summary: 'The public key of the manifests of exports.', problems: ['invalid-parameter'],
    answers: { 200: { description: 'The answer.', content: json(ref('LogExportKey')) } },
  },
];
