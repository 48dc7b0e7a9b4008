import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

/** The text of a file among the fixtures of churn; see the README there for where it is from. */
export const fixtureOf = (name: string): string => gunzipSync(readFileSync(`test/fixtures/churn/${name}.gz`)).toString();
