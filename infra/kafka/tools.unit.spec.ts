import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BrokerUnavailable, needJava, needMaven } from './tools.js';

let folder: string;
function program(name: string, says: string): string {
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/sh\necho '${says}' >&2\n`);
  chmodSync(path, 0o755);
  return path;
}

beforeAll(() => { folder = mkdtempSync(join(tmpdir(), 'tools-')); });
afterAll(() => rmSync(folder, { recursive: true }));

describe('What a Kafka at the desk needs', () => {
  it('is said when it is missing, and how to get it', () => {
    expect(() => needJava(join(folder, 'none'))).toThrow(BrokerUnavailable);
    expect(() => needJava(join(folder, 'none'))).toThrow(/needs Java 17 or newer.*apt-get install default-jdk-headless maven/);
    expect(() => needMaven(join(folder, 'none'))).toThrow(/fetched by Maven.*apt-get install default-jdk-headless maven/);
  });

  it('is a Java that is new enough', () => {
    expect(() => needJava(program('eight', 'java version "1.8.0_402"'))).toThrow('is Java 8');
    expect(() => needJava(program('eleven', 'openjdk version "11.0.2" 2019-01-15'))).toThrow('is Java 11');
    expect(() => needJava(program('seventeen', 'openjdk version "17.0.15" 2025-04-15'))).not.toThrow();
    expect(() => needJava(program('new', 'openjdk version "25" 2025-09-16'))).not.toThrow();
  });
});
