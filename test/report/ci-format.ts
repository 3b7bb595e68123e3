import { describe, expect, test } from 'vitest';
import type { Finding } from '../../src/model/finding.js';
import type { Report } from '../../src/model/report.js';
import type { Reporter } from '../../src/report/reporter.js';
import { hostileTexts } from './hostile.js';
import { infected } from './infect.js';
import { medium, shuffled, text } from './medium.js';
import { decidedReport, sampleReport } from './sample.js';
import { cases } from '../night.js';

interface Expected {
  /** Reads the output as its consumer does, and throws where that would not take it. */
  readonly parse: (out: string, report: Report) => void;
  /** Bytes that 200,000 findings may take, and all the more those of a day. */
  readonly most: number;
}

/** What every format for CI owes: golden files, an order of its own, acceptance counted, strangers' text inert, small pieces. */
export function describeCiFormat(name: string, reporter: Reporter, { parse, most }: Expected): void {
  describe(name, () => {
    test('golden', async () => {
      await expect(text(reporter, sampleReport())).toMatchFileSnapshot(`../../fixtures/report/${name}.golden`);
      await expect(text(reporter, decidedReport())).toMatchFileSnapshot(`../../fixtures/report/${name}-decided.golden`);
    });

    test('parses', () => parse(text(reporter, sampleReport()), sampleReport()));

    test('the order of apps and findings changes nothing', () => {
      const sample = decidedReport();
      const mixed = { ...sample, apps: shuffled(sample.apps, 3), findings: shuffled(sample.findings, 7) };
      expect(text(reporter, mixed)).toBe(text(reporter, sample));
    });

    test('accepted findings stay counted, and one that ran out says so', () => {
      expect(text(reporter, decidedReport())).toMatch(/accepted/);
      expect(text(reporter, decidedReport())).toMatch(/which is over|no longer accepted/);
    });

    test.each(hostileTexts())('hostile text is inert: %s', (_, words) => {
      const report = infected(words());
      // The clock's words are lifegap's own, and SARIF asks for dates.
      const { startedAt, finishedAt } = sampleReport().run;
      const hurt = { ...report, run: { ...report.run, startedAt, finishedAt } };
      const out = text(reporter, hurt);
      expect(out).not.toMatch(/[^\P{C}\n]|[\p{Zl}\p{Zp}]/u);
      parse(out, hurt);
    });

    test(`${MANY} findings come in small pieces, within the bounds of the format`, () => {
      let size = 0;
      let longest = 0;
      for (const piece of reporter(manyFindings(), medium({ limit: 2000 }))) {
        size += Buffer.byteLength(piece);
        longest = Math.max(longest, piece.length);
      }
      expect(longest).toBeLessThan(200_000);
      expect(size).toBeLessThan(most);
    });
  });
}

/** Of one app and class. */
export const MANY = cases(200_000, 10_000);

/** The sample with that many findings. */
export function manyFindings(): Report {
  const base = sampleReport();
  const one = base.findings[0] as Finding;
  const findings = Array.from({ length: MANY }, (_, i): Finding => ({
    ...one,
    id: `f-${String(i).padStart(20, '0')}`,
    account: { id: `a-${String(i).padStart(7, '0')}`, status: 'active', kind: 'human' },
  }));
  return { ...base, findings };
}
