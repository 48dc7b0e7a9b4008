const swc = (type) => ['@swc/jest', {
  jsc: {
    target: 'es2023', parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true }, keepClassNames: true,
  },
  module: { type },
}];

export default {
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['app-source', 'node', 'node-addons'] },
  extensionsToTreatAsEsm: ['.ts'],
  testMatch: ['<rootDir>/{apps,libs,infra,test}/**/*.{unit,db,e2e}.spec.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  // fastify's inject requires the ESM-only cookie package; below Node 24.9 jest has to transform it.
  transform: { '^.+\\.ts$': swc('es6'), '/node_modules/cookie/.+\\.js$': swc('commonjs') },
  transformIgnorePatterns: ['/node_modules/(?!cookie/)'],
};
