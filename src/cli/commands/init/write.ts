import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { jsonSchema } from '../../../config/schema.js';
import { SCHEMA_FILE } from '../../../config/starter.js';
import { writeNewFile } from '../../../disk/new-file.js';
import { UsageError } from '../../../model/errors.js';
import { visible } from '../../../report/escape.js';

/** Writes the starter and, beside it, the schema that its first line names. Refuses to overwrite unless forced. */
export async function writeStarter(cwd: string, file: string, force: boolean, starter: string): Promise<readonly string[]> {
  const config = path.resolve(cwd, file);
  const schema = path.join(path.dirname(config), SCHEMA_FILE);
  const schemaText = `${JSON.stringify(jsonSchema(), null, 2)}\n`;
  const files = [
    { file: config, text: starter },
    { file: schema, text: schemaText },
  ];
  if (!force) {
    for (const { file: target, text } of files) {
      const present = await readIfThere(target);
      if (present !== undefined && (target === config || present !== text)) {
        throw new UsageError(`${shown(target)} is there already; --force overwrites it`);
      }
    }
  }
  for (const { file: target, text } of files) {
    try {
      // No secret is in it: whoever may read the folder may read it.
      await writeNewFile(target, [text], 0o666);
    } catch (error) {
      throw new UsageError(`cannot write ${shown(target)} (${(error as NodeJS.ErrnoException).code ?? 'failed'}); does its folder exist?`);
    }
  }
  return files.map(({ file: target }) => shown(target));

  function shown(target: string): string {
    const relative = path.relative(cwd, target);
    return visible(relative.startsWith('..') ? target : relative);
  }
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    // Anything but "no such file" means that something is there, and must not be written over.
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? undefined : '';
  }
}
