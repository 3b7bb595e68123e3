import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { catalogueNames, catalogueText } from '../../../src/manifest/form/catalogue.js';
import { factsOf } from '../../../src/manifest/form/facts.js';
import { parseManifest } from '../../../src/manifest/form/parse.js';
import { manifestJsonSchema } from '../../../src/manifest/form/schema.js';
import { json } from '../../http/fault-server.js';
import { HEAD, PLAIN, readLog } from './read-log.js';

const log = (lines: string, key = 'log'): string => `${HEAD}${key}:\n${lines}`;
const ASKED = "  request: { path: audit, query: { since: '${since}', until: '${until}' } }\n";

describe('a log section', () => {
  it.each<readonly [string, string, RegExp]>([
    [
      'asks for no window',
      log(`${PLAIN}  request: { path: audit }\n`),
      /log\.request: it asks for no window: write \$\{since\}, or say window: \{ newest_first: true \}/,
    ],
    [
      'has spans without an end',
      log(`${PLAIN}  request: { path: audit, query: { since: '\${since}' } }\n  window: { every_days: 7 }\n`),
      /log\.window\.every_days: slices have a beginning and an end/,
    ],
    [
      'names an app, which only pushes know',
      log(`${PLAIN}  request: { path: 'audit/\${app}', query: { since: '\${since}' } }\n`),
      /\$\{app\} is no parameter\..*Known: .*since, until/,
    ],
    [
      'names a parameter that is none',
      log(`${PLAIN}${ASKED}  base_url: https://\${region}.small.example\n`),
      /log\.base_url: \$\{region\} is no parameter/,
    ],
    ['has no place for the date', log(`${PLAIN.replace('at: when, ', '')}${ASKED}`), /log\.fields\.at: missing/],
    ['has a field that no entry has', log(`${PLAIN.replace('at: when', 'at: when, phone: tel')}${ASKED}`), /log\.fields.*phone/],
    ['has an action that is none', log(`${PLAIN.replace('user.made: create', 'user.made: made')}${ASKED}`), /log\.action/],
    ['has a path that is none', log(`${PLAIN}${ASKED}  each: 'a[x'\n`), /log\.each: the path a\[x cannot be read/],
    [
      'has a field whose path is none',
      log(`${PLAIN.replace('accountId: who', "accountId: 'who[x'")}${ASKED}`),
      /log\.fields\.accountId: the path who\[x cannot be read/,
    ],
  ])('is wrong when it %s', (_, text, message) => {
    expect(() => parseManifest(text, 'small.yaml')).toThrow(message);
  });

  it('may name the app where it tells of pushes', () => {
    const manifest = parseManifest(
      log(`${PLAIN}  request: { path: 'audit/\${app}', query: { since: '\${since}' } }\n`, 'pushes'),
      'small.yaml',
    );
    expect(factsOf(manifest)).toMatchObject({ log: false, pushes: true });
  });

  it('fits the JSON Schema of manifests, as all of the catalogue do', () => {
    const validate = new Ajv({ strict: false }).compile(manifestJsonSchema());
    for (const text of [log(`${PLAIN}${ASKED}`), ...catalogueNames().map(catalogueText)]) {
      expect(validate(parse(text, { merge: true })), JSON.stringify(validate.errors)).toBe(true);
    }
    expect(validate(parse(log(`${PLAIN}${ASKED}  kept_for: 90\n`)))).toBe(false);
  });
});

describe('what a log says', () => {
  const page = (...entries: readonly object[]) => [json({ entries })];
  const when = '2026-09-01T10:00:00Z';

  it('is told where no rule knows how it went, with the word that came', async () => {
    const { entries, completeness } = await readLog(
      log(`${PLAIN}${ASKED}`).slice(HEAD.length),
      page({ id: 'a', when, what: 'user.off', went: 'halfway' }),
    );
    expect(entries).toMatchObject([{ outcome: 'unknown', outcomeTold: true }]);
    expect(completeness.reasons.join()).toMatch(/^outcome: 1 value .*"halfway"/);
    expect(completeness.verdict).toBe('consistent');
  });

  it('may hang on several places: one kind of event carries success and failure', async () => {
    const text = `log:
  permission: none
${ASKED}  records: entries
  fields: { id: id, at: when, email: who.email }
  action:
    - { when: { what: user.update, 'changes.field': state, 'changes.to': off }, is: disable }
    - { from: what, map: { user.update: update } }
  outcome: [{ when: { error: { present: true } }, is: failure }, { from: went, map: { ok: success } }]
  by: [{ when: { via: { starts_with: scim } }, is: scim }, { from: kind, map: { person: human } }]
`;
    const { entries } = await readLog(text, page(
      { id: 'a', when, what: 'user.update', changes: [{ field: 'state', to: 'off' }], went: 'ok', via: 'scim/2', who: { email: 'ada@corp.example' } },
      { id: 'b', when, what: 'user.update', changes: [{ field: 'title', to: 'CTO' }], error: 'no', went: 'ok', kind: 'person' },
      { id: 'c', when, what: 'user.update' },
    )); // prettier-ignore
    expect(entries.map(({ action, outcome, outcomeTold, by }) => [action, outcome, outcomeTold, by])).toEqual([
      ['disable', 'success', true, 'scim'],
      ['update', 'failure', true, 'human'],
      ['update', 'unknown', false, 'unknown'],
    ]);
  });

  it('is none the worse for an id that JSON has spoilt, and for keys that are no text', async () => {
    const { entries, completeness } = await readLog(
      log(`${PLAIN}${ASKED}`).slice(HEAD.length),
      page({ id: 'a', when, what: 'user.off', who: 12345678901234567890 }),
    );
    expect(entries).toMatchObject([{ id: 'a', action: 'disable' }]);
    expect(entries[0]?.accountId).toBeUndefined();
    expect(completeness.verdict).toBe('consistent');
  });

  it('tells entries without an id apart by all that they say', async () => {
    const entry = { when, what: 'user.off', who: 'u1' };
    const { completeness } = await readLog(log(`${PLAIN}${ASKED}`).slice(HEAD.length), page(entry, { ...entry, who: 'u2' }));
    expect(completeness).toMatchObject({ verdict: 'consistent', unique: 2 });
    const twice = await readLog(log(`${PLAIN}${ASKED}`).slice(HEAD.length), page(entry, entry));
    expect(twice.completeness.verdict).toBe('unproven');
  });
});
