import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { filesOf, textOf, verify, writePack } from './packs.js';

test.each(['1234', 'true', 'null', '5555'])(
  'a secret that reads as the value %s leaves the manifest of a pack JSON, and is not in it',
  async (secret) => {
    const dir = mkdtempSync(path.join(tmpdir(), 'lifegap-secret-values-'));
    writeFileSync(path.join(dir, 'people.csv'), 'id,email,state\np1,ada@corp.example,active\n');
    writeFileSync(
      path.join(dir, 'lifegap.yaml'),
      // Nobody listens there: what is tried and told of it is enough.
      'version: 1\ndirectory: { name: hr, connector: file, path: people.csv }\napps: { crm: { connector: scim, url: "http://127.0.0.1:9/v2", token: "${env:TOKEN}", page_size: 1234, timeout: 5555ms } }\nhistory: false\n',
    );
    const pack = path.join(dir, 'pack');
    await writePack(path.join(dir, 'lifegap.yaml'), pack, { asOf: Date.parse('2026-11-01'), env: { TOKEN: secret } });
    const manifest = JSON.parse(readFileSync(path.join(pack, 'manifest.json'), 'utf8')) as { sources?: unknown };
    const parameters =
      JSON.stringify(manifest)
        .match(/"parameters":\{[^}]*\}/g)
        ?.join() ?? '';
    expect(parameters).toContain('page_size');
    expect(parameters).not.toMatch(new RegExp(`\\b${secret}\\b`));
    expect(await verify(pack)).toEqual([]);
    expect(filesOf(pack).some((file) => file.endsWith('.json') && textOf(path.join(pack, file)) === '')).toBe(false);
  },
);
