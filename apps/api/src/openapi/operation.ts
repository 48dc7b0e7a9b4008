import { roles, type Scope } from '../access/roles.js';
import { kindOf, type ProblemCode } from '../problems/problem-codes.js';
import { type Dto, fieldsOf } from './dto-schema.js';
import { ref, type Schema, text } from './schema.js';

/** A route as the document describes it. Problems of access are added by themselves. */
export interface Operation {
  readonly method: 'get' | 'post' | 'put' | 'delete';
  readonly path: string;
  readonly id: string;
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  readonly scope: Scope | 'public';
  readonly params?: Readonly<Record<string, Schema>>;
  readonly query?: Dto;
  readonly headers?: Readonly<Record<string, Schema>>;
  readonly body?: Body;
  readonly answers: Readonly<Record<number, Answer>>;
  readonly problems?: readonly ProblemCode[];
}

interface Body {
  readonly required?: boolean;
  readonly description?: string;
  readonly content: Readonly<Record<string, Content>>;
}

interface Content {
  readonly schema: Schema;
  readonly examples?: Readonly<Record<string, unknown>>;
}

export interface Answer {
  readonly description: string;
  /** By media type. */
  readonly content?: Readonly<Record<string, Content>>;
  readonly headers?: Readonly<Record<string, Schema>>;
}

export const json = (schema: Schema, example?: unknown): Readonly<Record<string, Content>> =>
  ({ 'application/json': { schema, ...(example === undefined ? {} : { examples: { example } }) } });

const requestId = { 'X-Request-Id': { description: 'Names this request; the one sent, when it has 8 to 64 letters, digits and . _ -', schema: { type: 'string' } } };

/** What a body adds to the ways in which a request fails. */
const OF_BODIES: readonly ProblemCode[] = ['invalid-json', 'timeout', 'body-too-large', 'unsupported-media-type', 'unsupported-encoding'];
const OF_KEYS: readonly ProblemCode[] = ['unauthorized', 'forbidden'];

export function toOpenApi(operation: Operation): Schema {
  const { id, tag, summary, description, scope, params = {}, query, headers = {}, body, answers } = operation;
  const parameters = [
    ...Object.entries(params).map(([name, schema]) => ({ name, in: 'path', required: true, ...described(schema) })),
    ...(query ? fieldsOf(query) : []).map(({ name, required, schema, example }) => (
      { name, in: 'query', required, ...described(schema), ...(example === undefined ? {} : { example }) })),
    ...Object.entries(headers).map(([name, schema]) => ({ name, in: 'header', required: false, ...described(schema) })),
  ];
  return {
    operationId: id, tags: [tag], summary, description: [description, rolesNote(scope)].filter(Boolean).join('\n\n'),
    ...(scope === 'public' ? { security: [] } : {}),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(body ? { requestBody: { required: body.required ?? true, ...(body.description ? { description: body.description } : {}), content: contentOf(body.content) } } : {}),
    responses: {
      ...Object.fromEntries(Object.entries(answers).map(([status, answer]) => [status, {
        description: answer.description,
        headers: { ...requestId, ...Object.fromEntries(Object.entries(answer.headers ?? {}).map(([name, schema]) => [name, described(schema)])) },
        ...(answer.content ? { content: contentOf(answer.content) } : {}),
      }])),
      ...problemAnswers([...new Set([...(scope === 'public' ? [] : OF_KEYS), ...(body ? OF_BODIES : []), ...(operation.problems ?? []), 'not-ready' as const])]),
    },
  };
}

const described = ({ description, ...schema }: Schema) => ({ description, schema });

function contentOf(content: Readonly<Record<string, Content>>): Schema {
  return Object.fromEntries(Object.entries(content).map(([type, { schema, examples }]) => [type, {
    schema, ...(examples ? { examples: Object.fromEntries(Object.entries(examples).map(([name, value]) => [name, { value }])) } : {}),
  }]));
}

function rolesNote(scope: Operation['scope']): string {
  if (scope === 'public') return 'Needs no key.';
  const allowed = Object.entries(roles).filter(([, scopes]) => (scopes as readonly Scope[]).includes(scope)).map(([role]) => role);
  return `Scope \`${scope}\`: for keys of role ${allowed.join(', ')}.`;
}

/** One answer per status, with the codes that it can carry. */
export function problemAnswers(codes: readonly ProblemCode[]): Record<string, Schema> {
  const statuses = [...new Set(codes.map((code) => kindOf(code).status))].sort((a, b) => a - b);
  return Object.fromEntries(statuses.map((status) => [status, problemAnswer(status, codes.filter((code) => kindOf(code).status === status))]));
}

function problemAnswer(status: number, own: readonly ProblemCode[]): Schema {
  return {
    description: own.map((code) => `\`${code}\`: ${kindOf(code).title}.`).join(' '),
    headers: { ...requestId, ...HEADERS[status] },
    content: { 'application/problem+json': { schema: { allOf: [ref('Problem')], properties: { status: { const: status }, code: text('Which of them.', { enum: own }) } } } },
  };
}

const HEADERS: Readonly<Record<number, Schema>> = {
  401: { 'WWW-Authenticate': { description: 'Always a Bearer challenge.', schema: { type: 'string' } } },
  503: { 'Retry-After': { description: 'Seconds after which to ask again.', schema: { type: 'integer', minimum: 0 } } },
};
