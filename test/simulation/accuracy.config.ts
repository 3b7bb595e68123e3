import { defineConfig } from 'vitest/config';

export default defineConfig({ test: { include: ['test/simulation/accuracy.run.ts'] } });
