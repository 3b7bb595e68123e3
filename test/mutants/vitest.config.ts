import { defineConfig } from 'vitest/config';
import { coveredBy } from './folders.js';

export default defineConfig({ test: { include: coveredBy(process.env['LIFEGAP_MUTANTS'] ?? ''), testTimeout: 60_000 } });
