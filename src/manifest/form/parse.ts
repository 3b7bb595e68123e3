import { parseDocument } from '../../yaml/document.js';
import { explain, report } from '../../yaml/explain.js';
import { UsageError } from '../../model/errors.js';
import { checkManifest } from './checks.js';
import { manifestSchema, type Manifest } from './schema.js';
import { wellFormed } from './well-formed.js';

/**
 * Reads a manifest. `file` is its name as the user would type it.
 *
 * @throws {UsageError} every mistake at once, each with line, column and path
 */
export function parseManifest(text: string, file: string): Manifest {
  const document = parseDocument(text, file);
  if (document.value === null)
    throw new UsageError(`the manifest ${file} is empty; \`lifegap connectors show NAME\` prints one to start from`);
  const parsed = manifestSchema.safeParse(document.value, { error: explain });
  if (!parsed.success) report(parsed.error.issues, [], document.mistakes);
  const { manifest, lost } = parsed.success ? { manifest: parsed.data, lost: [] } : (wellFormed(document.value) ?? {});
  if (manifest !== undefined) checkManifest(manifest, document.mistakes, lost);
  document.mistakes.throwIfAny();
  if (parsed.data === undefined) throw new UsageError(`${file} is no manifest`);
  return parsed.data;
}
