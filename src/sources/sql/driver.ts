import { codeOf, UsageError } from '../../model/errors.js';
import type { SqlOptions } from './options.js';

/**
 * A driver that is installed beside lifegap: databases are many, and nobody needs all of their drivers.
 *
 * @throws {UsageError} that says how to install it
 */
export async function driver<Module>(name: string, { system, engine }: Pick<SqlOptions, 'system' | 'engine'>): Promise<Module> {
  try {
    const loaded = (await import(name)) as { readonly default?: Module } & Module;
    return loaded.default ?? loaded;
  } catch (error) {
    if (codeOf(error) !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw new UsageError(`${system}: ${engine.title} is read with the package ${name}, which is not installed; run: npm install ${name}`);
  }
}
