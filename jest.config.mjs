import { swcOptions } from './test/support/swc-options.mjs';

const swc = (type) => ['@swc/jest', swcOptions(type)];

export default {
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['app-source', 'node', 'node-addons'] },
  extensionsToTreatAsEsm: ['.ts'],
  testMatch: ['<rootDir>/{apps,libs,infra,test}/**/*.{unit,db,e2e}.spec.ts'],
  testTimeout: 30_000,
  // What a suite leaves in memory goes with its process: all suites in one would need more than Node's heap.
  workerIdleMemoryLimit: '1500MB',
  reporters: ['default', '<rootDir>/test/support/count-reporter.mjs'],
  setupFiles: ['<rootDir>/test/support/threads.mjs'],
  globalSetup: '<rootDir>/test/support/global-setup.mjs',
  globalTeardown: '<rootDir>/test/support/global-teardown.mjs',
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  // fastify's inject requires the ESM-only cookie package; below Node 24.9 jest has to transform it.
  transform: { '^.+\\.ts$': swc('es6'), '/node_modules/cookie/.+\\.js$': swc('commonjs') },
  transformIgnorePatterns: ['/node_modules/(?!cookie/)'],
};
