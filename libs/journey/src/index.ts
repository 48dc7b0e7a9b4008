export * from './envelope.js';
export type { EventType } from './event-type.js';
export * from './catalogue.js';
export { erasureReasons } from './types/contact.js';
export * from './paths.js';
export * from './upcast.js';
export { eventIdPattern, foreignIdPattern, keywords } from './shapes.js';
export * from './currency.js';
export * from './roots.js';
