export { makeFolder } from './postgres/make-folder.js';
export { type RunningPostgres, type StartPostgres, startPostgres } from './postgres/launcher.js';
export { PostgresUnavailable } from './postgres/failure.js';
export { type DemoEvent, type DemoStory } from './demo/demo-event.js';
export { demoCompany } from './demo/demo-company.js';
export { demoNotes } from './demo/demo-notes.js';
export { demoStories, demoStory } from './demo/demo-story.js';
export { demoDepartments } from './demo/words/department-words.js';
