export { homeFolder } from './postgres/home.js';
export { type RunningPostgres, type StartPostgres, startPostgres } from './postgres/launcher.js';
export { PostgresUnavailable } from './postgres/failure.js';
