import { describe, expect, it } from 'vitest';
import type { DateOrder, SourceConfig } from '../../src/model/config.js';
import { Problems } from '../../src/mapping/rows.js';
import { parseManifest } from '../../src/manifest/form/parse.js';
import { planPasses, type PassPlan } from '../../src/manifest/list/plan.js';
import { compileMapping } from '../../src/manifest/mapping/rows.js';
import { compileUsers } from '../../src/sources/scim/rows.js';

const config = (dates: DateOrder | undefined, connector: string): SourceConfig => ({
  name: 'hr', connector, options: {}, fields: { endAt: 'leaves' }, ...(dates === undefined ? {} : { dates }), dir: '/',
}); // prettier-ignore
const MANIFEST = parseManifest(
  `name: small
title: Small
kind: directory
permission: none
leavers: listed
base_url: https://small.example
auth: none
fields: { id: id }
status: { from: state, map: { on: active } }
request: { path: people }
records: people
paging: none
`,
  'small.yaml',
);

/** The last day by two connectors whose lists come page by page. */
const READERS: readonly (readonly [string, (dates: DateOrder | undefined, value: string) => unknown])[] = [
  [
    'scim',
    (dates, value) => {
      const { row } = compileUsers('person', config(dates, 'scim'));
      const { endAt, unread } = row({ id: '1', raw: { id: '1', leaves: value } });
      return endAt?.at ?? unread;
    },
  ],
  [
    'http',
    (dates, value) => {
      const [pass] = planPasses(MANIFEST) as [PassPlan];
      const row = compileMapping('person', pass.mapping, config(dates, 'http'), new Problems());
      const { endAt, unread } = row({ id: '1', leaves: value });
      return endAt?.at ?? unread;
    },
  ],
];

describe.each(READERS)('%s', (_, read) => {
  it.each<[DateOrder | undefined, string, unknown]>([
    [undefined, '10/16/2026', Date.UTC(2026, 9, 16)],
    [undefined, '16.10.2026', Date.UTC(2026, 9, 16)],
    [undefined, '10.11.2026', Date.UTC(2026, 10, 10)],
    [undefined, '10/11/2026', ['endAt']],
    ['mdy', '10/11/2026', Date.UTC(2026, 9, 11)],
    ['dmy', '10/11/2026', Date.UTC(2026, 10, 10)],
    ['mdy', '16/10/2026', ['endAt']],
    ['ymd', '26/10/11', Date.UTC(2026, 9, 11)],
    ['dmy', '2026-10-11', Date.UTC(2026, 9, 11)],
    ['dmy', 'N/A', undefined],
  ])('with dates: %s, %s', (dates, value, expected) => {
    expect(read(dates, value)).toEqual(expected);
  });
});
