import type { FastifyRequest } from 'fastify';
import { type RawItem, rawItem } from '#intake';
import { ApiProblem } from '../problems/api-problem.js';

/** The items of one request; `single` when it was one event and not a list. */
export interface RequestItems {
  readonly single: boolean;
  readonly items: readonly RawItem[];
}

/** Tells the forms apart: CloudEvents structured, batch and binary, one plain event, or a list of either. */
export function itemsOfRequest({ headers, body }: Pick<FastifyRequest, 'headers' | 'body'>): RequestItems {
  const mediaType = (headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase();
  if (mediaType === 'application/cloudevents+json') return { single: true, items: [{ form: 'cloudevent', value: body }] };
  if (mediaType === 'application/cloudevents-batch+json') return { single: false, items: list(body).map((value) => ({ form: 'cloudevent', value })) };
  if (mediaType !== 'application/json') {
    throw new ApiProblem('unsupported-media-type', 'POST /v1/events takes application/json, application/cloudevents+json and application/cloudevents-batch+json; NDJSON goes to /v1/events/import.');
  }
  if (headers['ce-specversion'] !== undefined) return { single: true, items: [{ form: 'cloudevent', value: binary(headers, body) }] };
  return Array.isArray(body) ? { single: false, items: body.map(rawItem) } : { single: true, items: [rawItem(body)] };
}

function list(body: unknown): unknown[] {
  if (Array.isArray(body)) return body;
  throw new ApiProblem('invalid-body', 'A batch of CloudEvents is a JSON array.', { errors: [{ pointer: '', detail: 'Expected an array.' }] });
}

/** Attributes from headers `ce-*`, percent-decoded as CloudEvents' HTTP binding says; the body is the data. */
function binary(headers: FastifyRequest['headers'], data: unknown): Record<string, unknown> {
  const attributes = Object.entries(headers).filter(([name]) => name.startsWith('ce-')).map(([name, value]) => {
    const attribute = name.slice(3);
    const text = decode(attribute, String(value));
    return [attribute, attribute === 'typeversion' && /^\d{1,5}$/.test(text) ? Number(text) : text];
  });
  return { ...Object.fromEntries(attributes), datacontenttype: headers['content-type'], ...(data === undefined ? {} : { data }) };
}

function decode(attribute: string, value: string): string {
  try {
    return decodeURIComponent(value.replace(/^"(.*)"$/, '$1'));
  } catch {
    throw new ApiProblem('bad-request', `The header ce-${attribute} is not valid percent-encoding.`, { errors: [{ pointer: `/${attribute}`, detail: 'Write % as %25.' }] });
  }
}
