import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A folder with these files; undefined: only the folder in which it would lie. */
export function folderOf(
  files: Readonly<Record<string, string | Buffer | undefined>>,
  dir = mkdtempSync(path.join(tmpdir(), 'lifegap-compare-')),
): string {
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(dir, file)), { recursive: true });
    if (content !== undefined) writeFileSync(path.join(dir, file), content);
  }
  return dir;
}
