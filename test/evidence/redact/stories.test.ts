// Every scenario, and the demo company, in a pack with real names and in a redacted one: the same verdicts, and nobody's name.
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { parseAsOf } from '../../../src/cli/values.js';
import { isKept } from '../../../src/evidence/redact/kept.js';
import { throwawayKey } from '../../../src/evidence/redact/key.js';
import { setUp } from '../../../src/demo/stage.js';
import type { Report } from '../../../src/model/report.js';
import { NIGHT } from '../../night.js';
import { filesOf, personalTexts, reportOf, textOf, verify, writePack } from '../packs.js';

const SCENARIOS = path.resolve(import.meta.dirname, '../../../fixtures/scenarios');
const root = mkdtempSync(path.join(tmpdir(), 'lifegap-redact-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** What a report counts, without who. */
const countsOf = ({ summary, run, apps, directory, findings }: Report): unknown => ({
  summary,
  exit: run.exitCode,
  directory: directory.map(({ people, byState, completeness }) => [people, byState, completeness.verdict]),
  apps: apps.map(({ name, accounts, reconciliation, coverage, mechanism }) => [
    name,
    accounts,
    reconciliation,
    Object.entries(coverage).map(([stage, { verdict, trials, successes, lag }]) => [stage, verdict, trials, successes, lag]),
    mechanism.inferred,
  ]),
  findings: findings
    .map(({ app, class: cls, reason, severity, match, attributes, hints }) => {
      // A pseudonym has no leading zeros that could be ignored.
      const near = hints.filter((hint) => !hint.includes('leading zeros')).length;
      return JSON.stringify([app, cls, reason, severity, match, attributes.map(({ name, cause }) => [name, cause]), near]);
    })
    .sort(),
});

/** Words that the pack's own sentences are made of say nothing about anybody. */
const telling = (text: string): boolean => text.length > 4 && !/^[a-z]+$/.test(text);

const wordsOf = (text: string): string[] => text.match(/[\p{L}\p{N}]+/gu) ?? [];

/** As a word of its own: digits of a date are no employee number. */
function holds(bytes: string, text: string): boolean {
  for (let at = bytes.indexOf(text); at >= 0; at = bytes.indexOf(text, at + 1)) {
    if (!/[\p{L}\p{N}]/u.test(`${bytes[at - 1] ?? ''}${bytes[at + text.length] ?? ''}`)) return true;
  }
  return false;
}

async function bothPacks(config: string, name: string, asOf: number, env = {}): Promise<void> {
  const [plain, redacted] = [path.join(root, `${name}-plain`), path.join(root, `${name}-redacted`)];
  const before = await writePack(config, plain, { asOf, env });
  const after = await writePack(config, redacted, { asOf, env, key: throwawayKey() });
  expect(after.differences).toEqual([]);
  expect(countsOf(reportOf(redacted))).toEqual(countsOf(before.report));
  // The audit itself speaks of people by their names.
  expect(after.report.findings).toEqual(before.report.findings);
  expect(await verify(redacted)).toEqual([]);
  const texts = [...personalTexts(plain, isKept)].filter(telling);
  for (const file of filesOf(redacted)) {
    const bytes = textOf(path.join(redacted, file));
    const words = new Set(wordsOf(bytes));
    expect(
      texts.filter((text) => wordsOf(text).every((word) => words.has(word)) && holds(bytes, text)),
      file,
    ).toEqual([]);
  }
}

describe('a redacted pack says what the plain one says, of nobody', () => {
  const names = readdirSync(SCENARIOS, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => entry.name); // prettier-ignore
  // By day every third one, and the demo company, which has something of each.
  test.each(names.sort().filter((_, i) => NIGHT || i % 3 === 0))('%s', async (name) => {
    const dir = path.join(root, name);
    cpSync(path.join(SCENARIOS, name), dir, { recursive: true });
    const asOf = /--as-of (\S+)/.exec(readFileSync(path.join(dir, 'command'), 'utf8'))?.[1];
    await bothPacks(path.join(dir, 'lifegap.yaml'), `${name}-pack`, parseAsOf(asOf, 0));
  });

  test('the demo company', { timeout: 120_000 }, async () => {
    const asOf = Date.parse('2026-11-24T12:34:56Z');
    const stage = await setUp(1, asOf);
    try {
      await bothPacks(stage.configPath, 'demo', asOf, stage.env);
    } finally {
      await stage.close();
    }
  });
});
