/** Jest runs the TypeScript sources as ES modules; each suite is a project, so that one can be run alone. */
const common = {
  rootDir: import.meta.dirname,
  testEnvironment: 'node',
  // Workspace packages resolve to their sources: no build is needed to run a test.
  testEnvironmentOptions: { customExportConditions: ['wirefold:source', 'node', 'import', 'default'] },
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2024',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
        },
        module: { type: 'es6' },
      },
    ],
  },
  modulePathIgnorePatterns: ['<rootDir>/.local', '/dist/'],
};

const suite = (name, testMatch, more = {}) => ({ ...common, displayName: name, testMatch, ...more });

export default {
  projects: [
    suite('unit', ['<rootDir>/{libs,services}/*/src/**/*.test.ts', '<rootDir>/cli/src/**/*.test.ts']),
    suite('contract', ['<rootDir>/tests/contract/**/*.test.ts']),
    suite('quality', ['<rootDir>/tests/quality/**/*.test.ts']),
    suite('integration', ['<rootDir>/tests/integration/**/*.test.ts']),
    suite('e2e', ['<rootDir>/tests/e2e/**/*.test.ts']),
    suite('faults', ['<rootDir>/tests/faults/**/!(*.long).test.ts']),
    suite('faults-long', ['<rootDir>/tests/faults/**/*.long.test.ts']),
  ],
};
