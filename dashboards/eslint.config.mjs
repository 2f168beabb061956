import { defineConfig } from 'eslint/config';
import baseConfig from './.config/eslint.config.mjs';

export default defineConfig([
  // Linting a bundle runs out of memory.
  { ignores: ['**/node_modules/', '**/dist/', '**/build/', '**/target/', '.config/'] },
  ...baseConfig,
]);
