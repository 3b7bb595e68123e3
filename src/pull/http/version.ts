import { createRequire } from 'node:module';

/** Both src/ and dist/ stand beside package.json, so the way up is the same from either. */
export const version = (createRequire(import.meta.url)('../../../package.json') as { version: string }).version;
