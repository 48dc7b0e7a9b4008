// `node --conditions=app-source --import ./test/support/typescript.mjs FILE.ts`: runs a source file in a process of its own.
import { register } from 'node:module';

register('./typescript-hooks.mjs', import.meta.url);
