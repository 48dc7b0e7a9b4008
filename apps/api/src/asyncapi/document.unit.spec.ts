import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { publicTypes } from '#outbound';
import { asyncApiText } from './document.js';

const FILE = new URL('../../asyncapi.json', import.meta.url);
if (process.env['UPDATE'] === '1') writeFileSync(FILE, asyncApiText());

/** Every pointer inside a value. */
function* pointers(value: unknown): Generator<string> {
  if (typeof value !== 'object' || value === null) return;
  if ('$ref' in value && typeof value.$ref === 'string') yield value.$ref;
  for (const inner of Object.values(value)) yield* pointers(inner);
}

describe('The committed AsyncAPI document', () => {
  const document = JSON.parse(asyncApiText()) as any;
  const at = (pointer: string): unknown => pointer.slice(2).split('/').reduce((part, name) => part?.[name.replaceAll('~1', '/').replaceAll('~0', '~')], document);

  it('is the one that the code makes; UPDATE=1 writes it anew', () => {
    expect(readFileSync(FILE, 'utf8')).toBe(asyncApiText());
  });

  it('points only at what it has, and has no schema or message that nothing points at', () => {
    const pointed = new Set(pointers(document));
    expect([...pointed].filter((pointer) => at(pointer) === undefined)).toEqual([]);
    const own = ['schemas', 'messages', 'messageTraits'].flatMap((kind) => Object.keys(document.components[kind]).map((name) => `#/components/${kind}/${name}`));
    expect(own.filter((pointer) => !pointed.has(pointer))).toEqual([]);
  });

  it('shows examples that their own schemas take', () => {
    const ajv = new Ajv2020({ strict: false, allErrors: true });
    formats.default(ajv as never);
    ajv.addSchema(JSON.parse(JSON.stringify({ $id: 'doc', components: { schemas: document.components.schemas } })) as object);
    const flaws = Object.entries<any>(document.components.messages).flatMap(([, { payload, examples = [] }]) => {
      const check = ajv.compile(JSON.parse(JSON.stringify(payload).replaceAll('#/', 'doc#/')) as object);
      return examples.filter(({ payload: data }: any) => !check(data)).map(({ name }: any) => [name, check.errors]);
    });
    expect(flaws).toEqual([]);
  });

  it('has every public type in one topic, and the whole event in both, in the feed and in webhooks', () => {
    const of = (channel: string): string[] => Object.keys(document.channels[channel].messages);
    expect([...of('journey'), ...of('insight')].sort()).toEqual([...publicTypes.map(({ type }) => type), 'x-own.fact', 'event', 'event'].sort());
    expect(of('insight')).toEqual(expect.arrayContaining(['insight.health-band-changed', 'recovery.opened', 'task.done', 'event']));
    expect([of('feed'), of('webhook')]).toEqual([['event'], ['webhook', 'webhook-test']]);
    expect([document.channels.journey.address, document.channels.insight.address]).toEqual(['touchline.{tenant}.journey', 'touchline.{tenant}.insight']);
  });
});
