import { createRequire } from 'node:module';

/** That of package.json. */
export const { version: VERSION } = createRequire(import.meta.url)('../../package.json') as { version: string };
