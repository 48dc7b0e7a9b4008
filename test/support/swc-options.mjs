/** How test runs compile TypeScript; `nest build` uses the compiler itself. */
export const swcOptions = (type) => ({
  jsc: {
    target: 'es2023', parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true }, keepClassNames: true,
  },
  module: { type },
});
