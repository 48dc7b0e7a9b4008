export * from './envelope.js';
export * from './event-type.js';
