import { expect, test } from 'vitest';
import { github } from '../../src/report/github.js';
import { describeCiFormat } from './ci-format.js';
import { text } from './medium.js';
import { sampleReport } from './sample.js';

describeCiFormat('github', github, {
  most: 20_000,
  parse: (out) => {
    const lines = out.trimEnd().split('\n');
    expect(lines.length).toBeLessThanOrEqual(20);
    for (const line of lines) expect(line).toMatch(/^::(?:error|warning) file=[^,:]*,line=\d+,title=[^,:]+::[^\r\n]*$/);
    // The older form of a command opens anywhere in a line.
    expect(out).not.toContain('##[');
  },
});

test('annotations name no account, and count what has no room', () => {
  const sample = sampleReport();
  const out = text(github, sample);
  for (const { account } of sample.findings) {
    if (account?.email !== undefined) expect(out).not.toContain(account.email);
    if (account !== null) expect(out).not.toContain(account.id);
  }
  const [vpn] = sample.apps.filter(({ name }) => name === 'vpn');
  const apps = Array.from({ length: 30 }, (_, i) => ({ ...vpn!, name: `app ${i}`, error: 'answered 500' }));
  const lines = text(github, { ...sample, apps, findings: [] })
    .trimEnd()
    .split('\n');
  expect(lines).toHaveLength(10);
  expect(lines[9]).toContain('title=lifegap%3A and 21 more::');
});
