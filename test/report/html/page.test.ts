import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { asset } from '../../../src/cli/asset.js';
import type { Finding } from '../../../src/model/finding.js';
import type { Report } from '../../../src/model/report.js';
import { htmlReporter } from '../../../src/report/html.js';
import { cases, NIGHT } from '../../night.js';
import { HOSTILE } from '../hostile.js';
import { infected } from '../infect.js';
import { text } from '../medium.js';
import { describeInBrowser, startBrowser } from './chromium.js';
import { sampleWithTrials } from './sample-with-trials.js';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

describeInBrowser('the page in a browser', () => {
  let browser: Browser;
  let folder: string;
  beforeAll(async () => {
    browser = await startBrowser();
    folder = await mkdtemp(path.join(tmpdir(), 'lifegap-html-'));
  });
  afterAll(async () => {
    await browser.close();
    await rm(folder, { recursive: true });
  });

  /** Opens a report from disk; whatever it says, asks for, or pops up is kept, and must be nothing. */
  async function open(report: Report, where = '', options: BrowserContextOptions = {}): Promise<{ page: Page; troubles: string[] }> {
    const file = path.join(folder, 'report.html');
    await writeFile(file, text(await htmlReporter(asset), report));
    // axe is injected by the test; the page's own policy is tested without it, in html.test.ts and by `troubles` here.
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
    onTestFinished(() => context.close());
    const page = await context.newPage();
    const troubles: string[] = [];
    page.on('console', (message) => troubles.push(`console: ${message.text()}`));
    page.on('pageerror', (error) => troubles.push(`error: ${error.message}`));
    page.on('dialog', (dialog) => {
      troubles.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on('request', (request) => {
      if (request.url().split('#')[0] !== pathToFileURL(file).href) troubles.push(`request: ${request.url()}`);
    });
    await page.goto(pathToFileURL(file).href + where);
    return { page, troubles };
  }

  const rows = (page: Page): Promise<number> => page.locator('#findings-view tbody tr:not(.behind)').count();
  const said = (page: Page): Promise<string | null> => page.locator('.said').textContent();

  it('loads from disk without an error, a warning or a request', async () => {
    const sample = sampleWithTrials();
    const { page, troubles } = await open(sample);
    expect(await rows(page)).toBe(sample.findings.length);
    expect(await page.locator('.matrix tbody tr').count()).toBe(sample.apps.length);
    expect(troubles).toEqual([]);
  });

  it('filters by class, severity and app, and searches; the view stands in the address and survives a reload', async () => {
    const { findings } = sampleWithTrials();
    const { page, troubles } = await open(sampleWithTrials());
    await page.locator('.tile.orphaned a').click();
    const orphaned = findings.filter((f) => f.class === 'orphaned');
    await expect.poll(() => rows(page)).toBe(orphaned.length);
    const high = orphaned.filter((f) => f.severity === 'high');
    await page.selectOption('#filter-severity', 'high');
    await expect.poll(() => said(page)).toBe(`${high.length} of ${findings.length} findings`);
    expect(new URL(page.url()).hash).toBe('#findings?class=orphaned&severity=high');
    await page.reload();
    await expect.poll(() => rows(page)).toBe(high.length);
    await page.getByRole('button', { name: 'Clear' }).click();
    const one = findings.find((f) => f.account?.userName !== undefined) as Finding;
    const word = (one.account?.userName ?? '').slice(0, 6);
    await page.fill('#q', word);
    const having = findings.filter((f) => JSON.stringify([f.account, f.person, f.summary, f.reason, f.id]).includes(word)).length;
    await expect.poll(() => rows(page)).toBe(having);
    expect(having).toBeLessThan(findings.length);
    await page.fill('#q', 'no such word');
    await expect.poll(() => rows(page)).toBe(0);
    expect(troubles).toEqual([]);
  });

  it('sorts by a head, both ways, and tells assistive technology so', async () => {
    const { page } = await open(sampleWithTrials());
    const apps = (): Promise<string[]> => page.locator('#findings-view tbody tr:not(.behind) td:nth-child(4)').allTextContents();
    await page.getByRole('button', { name: 'app', exact: true }).click();
    const up = await apps();
    expect(up).toEqual([...up].sort());
    await page.getByRole('button', { name: 'app', exact: true }).click();
    expect(await apps()).toEqual([...up].sort().reverse());
    expect(await page.locator('#findings-view th[aria-sort]').getAttribute('aria-sort')).toBe('descending');
  });

  it('opens a finding by keyboard and shows what is behind it', async () => {
    const stale = sampleWithTrials().findings.find((f) => f.attributes.length > 0) as Finding;
    const { page } = await open(sampleWithTrials());
    await page.fill('#q', stale.id);
    await expect.poll(() => rows(page)).toBe(1);
    const button = page.locator('#findings-view .unfold');
    await button.focus();
    await page.keyboard.press('Enter');
    expect(await button.getAttribute('aria-expanded')).toBe('true');
    const behind = (await page.locator('.behind').textContent()) ?? '';
    for (const { name, directory, app } of stale.attributes) for (const word of [name, directory, app]) expect(behind).toContain(word);
  });

  it('drills down from the matrix to the trials, and on to a person and back', async () => {
    const { page, troubles } = await open(sampleWithTrials());
    const at = [...sampleWithTrials().apps].sort((a, b) => (a.name < b.name ? -1 : 1)).findIndex((app) => app.coverage.delete.evidence !== undefined); // prettier-ignore
    await page.locator(`.matrix a[href="#app-${at}-delete"]`).click();
    const trials = page.locator(`#app-${at}-delete details.trials`);
    await trials.locator('summary').click();
    await expect.poll(() => trials.locator('tbody tr:not(.behind)').count()).toBe(4);
    expect(await trials.textContent()).toContain('≥ 53 d');
    expect(await trials.textContent()).toContain('between 2026-10-01 00:00 UTC and 2026-10-02 00:00 UTC');
    await trials.getByRole('link', { name: 'user-p-3' }).click();
    await expect.poll(() => page.locator('#person-name').textContent()).toBe('user-p-3');
    expect(await page.locator('#report').isHidden()).toBe(true);
    expect(await page.evaluate('document.activeElement?.id')).toBe('person-name');
    await page.goBack();
    await expect.poll(() => page.locator('#report').isVisible()).toBe(true);
    expect(troubles).toEqual([]);
  });

  it('shows what logs say of a trial when it is opened', async () => {
    const { page, troubles } = await open(sampleWithTrials());
    const trials = page.locator('details.trials');
    await page.locator('details.app:has(details.trials) > summary').click();
    await trials.locator('> summary').click();
    const rows = trials.locator('.paged > .scroll > table > tbody > tr:not(.behind)');
    await rows.nth(2).locator('.unfold').click();
    expect(await trials.locator('.behind:not([hidden]) tbody tr').allTextContents()).toEqual([
      '2026-10-01 09:12 UTCdisablesuccesssystemcorp-okta',
      '2026-10-01 09:18 UTCdisablefailurescimcorp-okta',
    ]);
    await rows.nth(0).locator('.unfold').click();
    expect(await trials.locator('.behind:not([hidden])').first().textContent()).toBe('No log tells of it.');
    expect(troubles).toEqual([]);
  });

  it('draws each hop where the one before it ended, within the scale, and beside its figures or under them', async () => {
    for (const width of [1280, 375]) {
      const { page } = await open(sampleWithTrials(), '', { viewport: { width, height: 900 } });
      await openAll(page);
      const box = async (selector: string, at: number): Promise<{ x: number; y: number; width: number; height: number }> => {
        const found = await page.locator(`.hops ${selector}`).nth(at).boundingBox();
        if (found === null) throw new Error(`${selector} is not drawn`);
        return found;
      };
      for (let at = 0; at < 4; at++) {
        const [svg, bar, words] = [await box('li svg', at), await box('rect.median', at), await box('.figures', at)];
        expect(bar.width).toBeGreaterThan(0.5);
        expect(bar.x + bar.width).toBeLessThanOrEqual(svg.x + svg.width + 1);
        expect(words.x >= svg.x + svg.width || words.y + words.height <= svg.y + 1).toBe(true);
        if (at > 0) {
          const before = await box('rect.median', at - 1);
          expect(Math.abs(bar.x - before.x - before.width)).toBeLessThan(3);
        }
      }
      expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    }
  });

  it('prints every finding that is shown, not one page of them', async () => {
    const { page } = await open(many(cases(1500, 400)));
    expect(await rows(page)).toBe(50);
    await page.emulateMedia({ media: 'print' });
    const paper = await page.pdf({ format: 'A4' });
    const sheets = paper.toString('latin1').match(/\/Type\s*\/Page[^s]/g)?.length ?? 0;
    expect(sheets).toBeGreaterThan(cases(20, 5));
    expect(await rows(page)).toBe(50);
  });

  it('draws one page of 50,000 findings, whichever is asked for', async () => {
    // A tenth of them by day.
    const count = cases(50_000, 5_000);
    const { page } = await open(many(count));
    expect(await rows(page)).toBe(50);
    await page.fill('#q', `user-${count - 1}`);
    await expect.poll(() => said(page)).toBe(`1 of ${count.toLocaleString('en')} findings`);
    await page.fill('#q', '');
    await page.getByRole('button', { name: 'account', exact: true }).click();
    await page.getByRole('button', { name: 'Next' }).click();
    expect(await page.locator('.pager span').first().textContent()).toBe(`51 to 100 of ${count.toLocaleString('en')}`);
  });

  it('shows hostile text as text, wherever it stands', async () => {
    const texts = HOSTILE.filter((hostile) => hostile.length < 10_000);
    let turn = 0;
    const all = infected(() => texts[turn++ % texts.length] as string, sampleWithTrials());
    expect(turn).toBeGreaterThan(texts.length * 2);
    const { page, troubles } = await open(all, '#person?at=0');
    await expect.poll(() => page.locator('#person h2').count()).toBe(1);
    await page.goto(`${page.url().split('#')[0] as string}#findings`);
    await page.reload();
    await expect.poll(() => rows(page)).toBe(all.findings.length);
    await openAll(page);
    expect(await page.locator('script').count()).toBe(2);
    expect(await page.locator('img, iframe, object, link, a:not([href^="#"])').count()).toBe(0);
    expect(troubles).toEqual([]);
  });

  it.each([1280, 700, 390])('no date is broken over two lines: %i pixels', async (width) => {
    const sample = sampleWithTrials();
    // Sentences of many lengths, so that a line ends within the date of some of them.
    const findings = many(60).findings.map((f, i): Finding => ({ ...f, summary: `${'who '.repeat(i % 20)}left on 2026-10-17, seen 2026-10-26 09:30 UTC` })); // prettier-ignore
    const { page } = await open({ ...sample, findings }, '', { viewport: { width, height: 900 } });
    await openAll(page);
    const { seen, broken } = await page.evaluate<{ seen: number; broken: string[] }>(BROKEN_DATES);
    expect(seen).toBeGreaterThan(100);
    expect(broken).toEqual([]);
  });

  // By day each view once, and each look once; by night each view in each look.
  it.each([
    ['light', 1280, ''],
    ['dark', 1280, '#app-0-delete'],
    ['light', 390, '#person?at=0'],
  ] as const)(
    'axe finds nothing serious: %s, %i pixels',
    async (colorScheme, width, view) => {
      const options = { colorScheme, viewport: { width, height: 900 }, bypassCSP: true };
      for (const where of NIGHT ? ['', '#app-0-delete', '#person?at=0'] : [view]) {
        const { page } = await open(sampleWithTrials(), where, options);
        await openAll(page);
        await page.evaluate(AXE);
        const violations = await page.evaluate(async () => {
          const { axe } = globalThis as unknown as { axe: { run: () => Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }> } }; // prettier-ignore
          return (await axe.run()).violations.map(({ id, impact, nodes }) => ({ id, impact, html: nodes[0]?.html }));
        });
        expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([]);
      }
    },
    60_000,
  );
});

/** Every date that stands in the page, and those whose text is drawn on more than one line. */
const BROKEN_DATES = `(() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const broken = [];
  let seen = 0;
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    for (const match of node.data.matchAll(/\\d{4}-\\d\\d-\\d\\d/g)) {
      const range = document.createRange();
      range.setStart(node, match.index);
      range.setEnd(node, match.index + match[0].length);
      const tops = new Set([...range.getClientRects()].map(({ top }) => Math.round(top)));
      if (tops.size > 0) seen += 1;
      if (tops.size > 1) broken.push(node.data);
    }
  }
  return { seen, broken };
})()`;

/** Everything that can be unfolded. */
async function openAll(page: Page): Promise<void> {
  await page.evaluate(`for (const details of document.querySelectorAll('details')) details.open = true;
    for (const button of document.querySelectorAll('button[aria-expanded=false]')) button.click();`);
}

/** The sample's first finding, so many times over. */
function many(n: number): Report {
  const sample = sampleWithTrials();
  const [first] = sample.findings.filter((f) => f.account !== null);
  const findings = Array.from({ length: n }, (_, i): Finding => {
    const account = { ...(first as Finding).account, id: `U${i}`, userName: `user-${i}` } as Finding['account'];
    return { ...(first as Finding), id: `f-${i}`, account, person: null, summary: `account ${i} belongs to nobody` };
  });
  return { ...sample, findings };
}
