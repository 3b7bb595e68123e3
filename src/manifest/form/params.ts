import { UsageError } from '../../model/errors.js';
import { Secret } from '../../model/secret.js';
import { compilePattern } from './pattern.js';
import type { Manifest } from './schema.js';
import { fill, type Values } from './template.js';

/** Values of the manifest's parameters; undefined where an optional one is not set. @throws {UsageError} */
export function paramValues(system: string, manifest: Manifest, options: Readonly<Record<string, unknown>>): Values {
  const values: Record<string, string | Secret | undefined> = {};
  for (const [name, { secret, default: fallback, optional, pattern }] of Object.entries(manifest.params)) {
    const given = options[name];
    const text = typeof given === 'number' || typeof given === 'boolean' ? String(given) : typeof given === 'string' ? given : fallback;
    const value = given instanceof Secret ? given : text;
    if (value === undefined && optional !== true) throw new UsageError(`${system}: ${name} is missing; ${manifest.name} needs it`);
    if (secret === true && value !== undefined && !(value instanceof Secret))
      throw new UsageError(`${system}: ${name} is a secret: write \${env:NAME} or \${file:path}`);
    if (typeof value === 'string' && pattern !== undefined && !compilePattern(pattern)(value))
      throw new UsageError(`${system}: ${name} does not look as ${manifest.name} has it (${pattern})`);
    values[name] = value;
  }
  return values;
}

/** An address with its parameters filled in. @throws {UsageError} */
export function address(system: string, key: string, template: string, values: Values, override: unknown): string {
  if (typeof override === 'string') return override;
  const filled = fill(template, values);
  if (filled === undefined) throw new UsageError(`${system}: ${key} is missing`);
  return filled;
}
