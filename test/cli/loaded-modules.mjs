// Given to `node --import`: writes the URL of every module that is resolved to the file that LOADED_MODULES names.
import { appendFileSync } from 'node:fs';
import { register } from 'node:module';

if (process.env.LOADED_MODULES !== undefined) register(import.meta.url);

export async function resolve(specifier, context, next) {
  const resolved = await next(specifier, context);
  appendFileSync(process.env.LOADED_MODULES, `${resolved.url}\n`);
  return resolved;
}
