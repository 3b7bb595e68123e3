import { describe, expect, it } from 'vitest';
import { accounts, failure } from './files.js';

const ada = '{"id":"1","userName":"ada"}';
const bob = '{"id":"2","userName":"bob"}';

describe('NDJSON', () => {
  it('one object a line; blank lines, CR LF and a mark do not count; .jsonl is the same', async () => {
    for (const name of ['a.ndjson', 'a.jsonl']) {
      const { rows, completeness } = await accounts(name, `\ufeff${ada}\r\n\r\n   \n${bob}\r\n\n`);
      expect(rows.map(({ id, userName }) => [id, userName])).toEqual([
        ['1', 'ada'],
        ['2', 'bob'],
      ]);
      expect(completeness).toEqual({ verdict: 'consistent', reasons: [], facts: [], received: 2, unique: 2, pages: 1 });
    }
  });

  it('a last line without line break is fine when it is whole, and fails when it is torn', async () => {
    expect((await accounts('a.ndjson', `${ada}\n${bob}`)).rows).toHaveLength(2);
    expect(await failure(accounts('a.ndjson', `${ada}\n${bob.slice(0, -1)}`))).toBe(
      'crm: reading a.ndjson: the last line, 2, is cut off; export the file again',
    );
  });

  it.each([
    [`${ada}\n\nnot json\n${bob}\n`, 'line 3 is no JSON'],
    [`${ada}\n${bob},\n`, 'line 2 is no JSON'],
    [`${ada}${bob}\n`, 'line 1 is no JSON'],
    [`[${ada},${bob}]\n`, 'line 1 is no JSON object'],
    [`${ada}\nnull\n`, 'line 2 is no JSON object'],
    [`${ada}\n{"userName":"x"}\n`, 'line 2: id is missing or empty'],
    [`${ada}\n{"id":9007199254740993}\n`, 'line 2: id 9007199254740992 cannot be read exactly; export ids as text'],
    [`${ada}\n{"id":"2","employeeId":1e300}\n`, 'line 2: employeeId 1e+300 cannot be read exactly'],
    [`${ada}\n{"id":"2","title":"\0"}\n`, 'line 2 holds a NUL byte'],
  ])('%j', async (text, message) => {
    expect(await failure(accounts('a.ndjson', text))).toContain(`crm: reading a.ndjson: ${message}`);
  });

  it('messages hold none of what stands in the file', async () => {
    for (const text of ['{"id":"1","password":"hunter2"\n', 'hunter2\n', '{"id":"1","password":"hunter2', '["hunter2"]\n']) {
      expect(await failure(accounts('a.ndjson', text))).not.toContain('hunter2');
    }
    expect(await failure(accounts('a.json', '[{"id":"1","password":"hunter2" oops}]'))).not.toContain('hunter2');
  });

  it('nested fields, and fields that never come are pointed out', async () => {
    const line = '{"uid":"1","mail":"a@x.example","profile":{"first":"Ada"},"enabled":"true"}';
    const fields = {
      id: 'uid',
      emails: ['mail'],
      givenName: 'profile.first',
      lastLoginAt: 'last_seen',
      department: ['profile.dept', 'dept'],
    };
    const { rows, completeness } = await accounts('a.ndjson', `${line}\n`, {
      fields,
      state: { from: 'enabled', map: { true: 'active', false: 'deactivated' } },
    });
    expect(rows[0]).toMatchObject({
      id: '1',
      emails: ['a@x.example'],
      status: 'active',
      lastLoginAt: undefined,
      attributes: { givenName: 'Ada' },
    });
    expect(completeness.reasons).toEqual(['department: no record has "profile.dept" or "dept"', 'lastLoginAt: no record has "last_seen"']);
  });

  it('repeated ids', async () => {
    const { completeness } = await accounts('a.ndjson', `${ada}\n${bob}\n\n${ada}\n`);
    expect(completeness.verdict).toBe('unproven');
    expect(completeness.reasons).toContain('ids repeat: line 4');
  });
});

describe('JSON', () => {
  it.each([
    [`[${ada},${bob}]`, undefined],
    [`{"users":[${ada},${bob}],"ok":true}`, undefined],
    [`{"schemas":["x"],"data":{"users":[${ada},${bob}]}}`, 'data.users'],
    [`{"Resources":[${ada},${bob}],"warnings":[]}`, 'Resources'],
  ])('%s', async (text, records) => {
    const { rows, completeness } = await accounts('a.json', `\ufeff${text}\n`, { options: records === undefined ? {} : { records } });
    expect(rows.map(({ id }) => id)).toEqual(['1', '2']);
    expect(completeness.verdict).toBe('consistent');
  });

  it('a total that the document declares is checked', async () => {
    expect((await accounts('a.json', `{"totalResults":2,"Resources":[${ada},${bob}]}`)).completeness.verdict).toBe('proven');
    const { completeness } = await accounts('a.json', `{"totalResults":400,"Resources":[${ada},${bob}]}`);
    expect(completeness).toMatchObject({ verdict: 'unproven', declaredTotal: 400, unique: 2 });
  });

  it.each([
    ['"@odata.nextLink":"https://x.example/users?$skiptoken=s3cret"'],
    ['"nextCursor":"abc"'],
    ['"next":"/users?page=2"'],
    ['"has_more":true'],
    ['"isLast":false'],
  ])('one page of an API, saved with %s, is no whole list', async (next) => {
    const { completeness } = await accounts('a.json', `{"value":[${ada}],${next}}`);
    expect(completeness.verdict).toBe('unproven');
    expect(completeness.reasons[0]).toMatch(/^the document goes on \(\S+\): it is one page of a longer list$/);
  });

  it('says beside the list, or further out, how many there are', async () => {
    const one = async (text: string, records?: string) => {
      const { completeness } = await accounts('a.json', text, { options: records === undefined ? {} : { records } });
      return [completeness.verdict, ...completeness.reasons];
    };
    const doubt = (says: string) => ['unproven', `the document has 1 record and says ${says}: it is one page of a longer list`];
    expect(await one(`{"users":[${ada}],"total":250}`)).toEqual(doubt('total: 250'));
    expect(await one(`{"users":[${ada}],"total":1}`)).toEqual(['consistent']);
    expect(await one(`{"page":{"totalPages":3},"data":{"users":[${ada}]}}`, 'data.users')).toEqual(doubt('page.totalPages: 3'));
    expect(await one(`{"data":{"users":{"nodes":[${ada}],"pageInfo":{"hasNextPage":true}}}}`, 'data.users.nodes')).toEqual([
      'unproven',
      'the document goes on (pageInfo.hasNextPage): it is one page of a longer list',
    ]);
  });

  it('and with an empty next it is', async () => {
    expect((await accounts('a.json', `{"value":[${ada}],"next":null,"nextCursor":""}`)).completeness.verdict).toBe('consistent');
  });

  it.each([
    [`{"a":[${ada}],"b":[${bob}]}`, undefined, 'the JSON object holds several lists: "a", "b"; set records:'],
    ['{"a":{}}', undefined, 'the JSON object holds no list; set records:'],
    [`{"a":[${ada}]}`, 'b', 'there is no list at "b"; set records:'],
    ['7', undefined, 'the JSON holds no list of objects'],
    [`[${ada},7]`, undefined, 'record 2 is no JSON object'],
    [`[${ada},{"userName":"x"}]`, undefined, 'record 2: id is missing or empty'],
    [`[${ada},\n{"id":"2",}]`, undefined, 'line 2 is no JSON'],
    [`[${ada},\n{"id":`, undefined, 'the JSON ends too early'],
    [`${ada}\n${bob}\n`, undefined, 'line 2 is no JSON; export the file again, or set format: ndjson'],
  ])('%s', async (text, records, message) => {
    expect(await failure(accounts('a.json', text, { options: records === undefined ? {} : { records } }))).toContain(
      `crm: reading a.json: ${message}`,
    );
  });

  it('an empty document and an empty list prove nothing', async () => {
    for (const text of ['', ' \n', '[]', '{"users":[]}']) {
      expect((await accounts('a.json', text)).completeness).toMatchObject({ verdict: 'unproven', reasons: ['the file holds no rows'] });
    }
  });
});

describe('levels', () => {
  const nested = (levels: number): string => `${'['.repeat(levels)}${']'.repeat(levels)}`;
  const record = (levels: number): string => `{"id":"1","userName":"ada","x":${nested(levels)}}`;

  it('a document of more than 500', async () => {
    expect(await failure(accounts('a.json', `[${record(499)}]`))).toBe(
      'crm: reading a.json: the JSON has more than 500 levels; export a plain list of people or accounts',
    );
    expect((await accounts('a.json', `[${record(498)}]`)).rows).toHaveLength(1);
  });

  it('a line of more than 500, whether or not the field is mapped', async () => {
    for (const fields of [
      { id: 'id', title: 'title' },
      { id: 'id', title: 'x' },
    ])
      expect(await failure(accounts('a.ndjson', `${ada}\n${record(500)}\n`, { fields }))).toBe(
        'crm: reading a.ndjson: line 2 has more than 500 levels; export plain records',
      );
    expect((await accounts('a.ndjson', `${ada.replace('1', '2')}\n${record(499)}\n`)).rows).toHaveLength(2);
  });

  it('brackets in texts are none, nor those side by side', async () => {
    const text = JSON.stringify({
      id: '1',
      userName: 'ada',
      title: `"\\"${'[{'.repeat(600)}`,
      list: Array.from({ length: 600 }, () => [{}]),
    });
    expect((await accounts('a.json', `[${text}]`)).rows).toHaveLength(1);
    expect((await accounts('a.ndjson', `${text}\n`)).rows).toHaveLength(1);
  });
});
