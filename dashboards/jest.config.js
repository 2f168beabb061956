process.env.TZ = 'UTC';
const base = require('./.config/jest.config');
const swc = Object.values(base.transform)[0];

module.exports = {
  ...base,
  testEnvironment: '<rootDir>/jest-env.js',
  // Some dependencies ship .mjs, and many are ES modules only.
  transform: { '^.+\\.m?[tj]sx?$': swc },
  transformIgnorePatterns: [],
  testTimeout: 30000,
};
