export * from './envelope.js';
export * from './event-type.js';
export * from './catalogue.js';
export * from './paths.js';
export * from './upcast.js';
export { eventIdPattern, foreignIdPattern, keywords } from './shapes.js';
export * from './catalogue-page.js';
export * from './currency.js';
