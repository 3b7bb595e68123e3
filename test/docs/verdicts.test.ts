import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { SEVERITY_TABLE } from '../../src/diff/severity.js';

const WORDS: Readonly<Record<string, string>> = {
  loginAfter: 'a login after',
  admin: 'an administrator',
  liveCredential: 'a live credential',
  overdue: 'older than 30 days',
  guest: 'a guest',
  nonHuman: 'a service account or bot',
  directory: 'the account is one of a directory',
  always: 'otherwise',
};

it('shows the severity table as it is, in its order', () => {
  const page = readFileSync(new URL('../../docs/verdicts.md', import.meta.url), 'utf8');
  const section = page.slice(page.indexOf('## Severity'), page.indexOf('A login counts as'));
  let finding = '';
  const shown = section.split('\n').flatMap((line) => {
    const cells = line.split('|').map((cell) => cell.trim());
    if (cells.length !== 5 || cells[1] === 'finding' || cells[1]?.startsWith('---') === true) return [];
    finding = cells[1] === '' ? finding : (cells[1] as string).replaceAll('`', '');
    const facts = cells[2] === '' ? ['otherwise'] : (cells[2] as string).split('; ');
    return facts.map((fact) => `${finding} | ${fact.startsWith('a login after') ? 'a login after' : fact} | ${cells[3] as string}`);
  });
  const rows = SEVERITY_TABLE.map(([name, when, severity]) => {
    const [cls, reason] = name.split(':') as [string, string];
    const named = reason === '*' || cls === 'stale' || cls === 'missing' || cls === 'conflict' ? cls : reason;
    return { cls, reason, line: `${named} | ${WORDS[when] as string} | ${severity}` };
  });
  // The classes with one special reason name it as the fact.
  const expected = rows.map(({ cls, reason, line }) =>
    ['stale', 'missing', 'conflict'].includes(cls) && reason !== '*' ? line.replace('otherwise', `\`${reason}\``) : line,
  );
  expect(shown).toEqual(expected);
});
