// What code under test starts as a thread of its own is a source file too: the flags by which such a thread reads it.
process.execArgv = ['--no-warnings', '--conditions=app-source', '--import', new URL('./typescript.mjs', import.meta.url).href];
