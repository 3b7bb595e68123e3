import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { PackFolder } from '../../src/evidence/folder.js';

test('many files of one new folder can be begun at the same time', async () => {
  const root = mkdtempSync(path.join(tmpdir(), 'lifegap-folder-'));
  try {
    const folder = await PackFolder.create(path.join(root, 'pack'));
    // Once is luck: whether a file is opened before its folder is made depends on threads.
    for (let round = 0; round < 100; round++) await Promise.all(['a', 'b', 'c'].map((name) => folder.write(`${round}/${name}`, [name])));
    await folder.seal();
    for (let round = 0; round < 100; round++) expect(readdirSync(path.join(root, `pack/${round}`)).sort()).toEqual(['a', 'b', 'c']);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
});

test('folders above the pack are made, for their owner alone', async () => {
  const root = mkdtempSync(path.join(tmpdir(), 'lifegap-folder-'));
  try {
    const folder = await PackFolder.create(path.join(root, 'packs/2026/11'));
    await folder.write('a', ['a']);
    await folder.seal();
    expect(readdirSync(path.join(root, 'packs/2026'))).toEqual(['11']);
    for (const made of ['packs', 'packs/2026', 'packs/2026/11']) expect(statSync(path.join(root, made)).mode & 0o777).toBe(0o700);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
});
