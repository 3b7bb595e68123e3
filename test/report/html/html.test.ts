import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { asset } from '../../../src/cli/asset.js';
import { htmlReporter } from '../../../src/report/html.js';
import type { Report } from '../../../src/model/report.js';
import { hostileTexts } from '../hostile.js';
import { infected } from '../infect.js';
import { shuffled, text } from '../medium.js';
import { sampleWithTrials } from './sample-with-trials.js';

const reporter = await htmlReporter(asset);
const render = (report: Report): string => text(reporter, report);

/** The page without its own style and script, which are the same in every report. */
function varying(page: string): string {
  return page.replace(/<style>.*?<\/style>/s, '<style></style>').replace(/<script>.*?<\/script>/s, '<script></script>').replace(/sha256-[\w+/=]+/g, 'sha256-…'); // prettier-ignore
}

/** The elements of a page, with the names of their attributes. */
function elements(page: string): string[] {
  const markup = varying(page).replace(/(<script type="application\/json" id="data">).*?(<\/script>)/s, '$1$2');
  return [...markup.matchAll(/<[^>]*>/g)].map(([tag]) => tag.replace(/="[^"]*"/g, '=""'));
}

function embedded(page: string): { findings: unknown[][]; people: unknown[][]; trials: unknown[][][][]; apps: string[] } {
  return JSON.parse(/<script type="application\/json" id="data">(.*?)<\/script>/s.exec(page)?.[1] ?? '') as ReturnType<typeof embedded>;
}

test('golden', async () => {
  await expect(varying(render(sampleWithTrials()))).toMatchFileSnapshot('../../../fixtures/report/html.golden');
});

test('the order of apps and findings changes nothing', () => {
  const sample = sampleWithTrials();
  const mixed = { ...sample, apps: shuffled(sample.apps, 3), findings: shuffled(sample.findings, 5) };
  expect(render(mixed)).toBe(render(sample));
});

test('the policy allows the one style and the one script of the page, by their hashes, and nothing else', () => {
  const page = render(sampleWithTrials());
  const hashed = (element: string): string => {
    const own = new RegExp(`<${element}>(.*?)</${element}>`, 's').exec(page)?.[1] ?? '';
    expect(own.length).toBeGreaterThan(1000);
    return `'sha256-${createHash('sha256').update(own).digest('base64')}'`;
  };
  const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1]?.replaceAll('&#39;', "'");
  expect(policy).toBe(
    `default-src 'none'; style-src ${hashed('style')}; script-src ${hashed('script')}; img-src data:; base-uri 'none'; form-action 'none'`,
  );
});

test('nothing is loaded from anywhere, and nothing but data is inline', () => {
  const page = render(sampleWithTrials());
  expect(page).not.toMatch(/\s(?:src|action|srcset|style|on\w+)=/i);
  for (const [, target] of page.matchAll(/href="([^"]*)"/g)) expect(target).toMatch(/^#/);
});

test('without data it is under 100 KB', () => {
  const { length } = render({ ...sampleWithTrials(), apps: [], findings: [], directory: [] });
  expect(length).toBeLessThan(100_000);
});

test('every finding, every trial and everybody they name is in it, once', () => {
  const sample = sampleWithTrials();
  const { findings, people, trials } = embedded(render(sample));
  expect(findings.map((row) => row.at(-1)).sort()).toEqual(sample.findings.map(({ id }) => id).sort());
  expect(trials.flat(2)).toHaveLength(4);
  const named = new Set(sample.findings.flatMap(({ person }) => (person === null ? [] : [`${person.source} ${person.id}`])));
  expect(people).toHaveLength(named.size + 4);
});

test('the trend shows where it came from, and what changed since the last audit that read the app whole', () => {
  const page = render(sampleWithTrials()).replace(/\s+/g, ' ');
  expect(page).toContain('3 earlier audits on record, since <span class="unbroken">2026-11-01 00:00 UTC</span>');
  expect(page).toMatch(/aria-label="orphaned accounts of slack: from 9 to \d+, 9 at the most"/);
  expect(page).toContain('update: gap → partial');
  expect(page).toContain('no whole list before');
  expect(render({ ...sampleWithTrials(), trend: [] })).not.toContain('id="trend"');
});

describe('hostile text adds no element and no attribute', () => {
  const clean = elements(render(sampleWithTrials()));
  test.each(hostileTexts())('%s', (_, words) => {
    const page = render(infected(words(), sampleWithTrials()));
    const data = embedded(page);
    // Apps are sorted by name, so the places of their elements may change, and an empty text leaves some out.
    const count = (tags: string[]): Map<string, number> => tags.reduce((all, tag) => all.set(tag, (all.get(tag) ?? 0) + 1), new Map<string, number>()); // prettier-ignore
    const allowed = count(clean);
    for (const [tag, n] of count(elements(page))) expect([tag, n <= (allowed.get(tag) ?? 0)]).toEqual([tag, true]);
    expect(data.findings).toHaveLength(sampleWithTrials().findings.length);
    expect(page.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
  });
});
