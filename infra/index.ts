export { makeFolder } from './postgres/make-folder.js';
export { type RunningPostgres, type StartPostgres, startPostgres } from './postgres/launcher.js';
export { PostgresUnavailable } from './postgres/failure.js';
export { type DemoEvent, type DemoStory } from './demo/demo-event.js';
export { demoNotes } from './demo/demo-notes.js';
export { demoSpend } from './demo/demo-spend.js';
export { demoStories, demoStory } from './demo/demo-story.js';
export { demoDepartments } from './demo/words/department-words.js';
