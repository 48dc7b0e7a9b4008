export { type Operations, startOperations } from './operations.js';
export { startTracing } from './tracing.js';
