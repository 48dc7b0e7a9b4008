import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { eventTypes } from '#journey';

describe('The committed OpenAPI document', () => {
  const document = JSON.parse(readFileSync(new URL('../../openapi.json', import.meta.url), 'utf8'));

  it('is OpenAPI 3.1 without words of 3.0', () => {
    expect(document.openapi).toBe('3.1.0');
    expect(JSON.stringify(document)).not.toContain('"nullable":true');
  });

  it('holds the data of every event type as the catalogue has it', () => {
    for (const { type, schema } of eventTypes) expect(document.components.schemas[type]).toMatchObject(JSON.parse(JSON.stringify(schema)));
  });
});
