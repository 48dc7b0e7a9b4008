import { buildAnew } from './ensure-build.mjs';

try {
  buildAnew();
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
