import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { SourceConfig } from '../../model/config.js';
import { codeOf, UsageError } from '../../model/errors.js';
import { printable } from '../../yaml/quote.js';
import { parseManifest } from './parse.js';
import type { Manifest } from './schema.js';

/** The manifests are read from where they are written: sources and compiled code stand equally deep. */
const FOLDER = new URL('../../../src/connectors/', import.meta.url);
/** 256 KiB. */
const MAX_BYTES = 256 * 1024;

/** Read once: the config asks for one before the source that reads by it does. */
const manifests = new Map<string, Manifest>();
let names: readonly string[] | undefined;

/** Names of the catalogue, sorted. */
export function catalogueNames(): readonly string[] {
  names ??= readdirSync(FOLDER)
    .flatMap((file) => (file.endsWith('.yaml') ? [file.slice(0, -'.yaml'.length)] : []))
    .sort();
  return names;
}

/** A manifest of the catalogue as it is written, comments included. */
export function catalogueText(name: string): string {
  return readFileSync(new URL(`${name}.yaml`, FOLDER), 'utf8');
}

export function catalogueManifest(name: string): Manifest {
  const known = manifests.get(name) ?? parseManifest(catalogueText(name), fileURLToPath(new URL(`${name}.yaml`, FOLDER)));
  manifests.set(name, known);
  return known;
}

/** @throws {UsageError} when the file cannot be read, or is no manifest */
export function manifestFile(file: string, shown: string = file): Manifest {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    const code = codeOf(error) ?? 'unreadable';
    throw new UsageError(
      `the manifest ${printable(shown)} cannot be read (${code}); paths are relative to the config's folder, on the command line to the current one`,
    );
  }
  if (bytes.length > MAX_BYTES) throw new UsageError(`the manifest ${printable(shown)} is larger than 256 KiB; is it the right file?`);
  return parseManifest(bytes.toString('utf8'), printable(shown));
}

/** The manifest that a source of the config is read by: its own file, or one of the catalogue. @throws {UsageError} */
export function manifestOf({ connector, options }: SourceConfig): Manifest {
  const { manifest } = options;
  return typeof manifest === 'string' ? manifestFile(manifest) : catalogueManifest(connector);
}
