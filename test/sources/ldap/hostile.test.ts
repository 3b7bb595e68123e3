import { MessageParser } from 'ldapts';
import { describe, expect, it } from 'vitest';
import { announcedLength, refuseLong } from '../../../src/sources/ldap/message-length.js';
import { type Behaviour, fakeDirectory, type Reply } from './fake-directory.js';
import { failureOf, ldapFor, type LdapSetup, pullAll } from './pull.js';

const entry = (uid: string, attributes: Record<string, string[]> = {}) => ({
  dn: `uid=${uid},dc=x`,
  attributes: { entryUUID: [`id-${uid}`], uid: [uid], nsAccountLock: ['FALSE'], ...attributes },
});
/** Pages by cookie; the first one has the empty cookie. */
const paged =
  (pages: Record<string, Reply>): Behaviour =>
  ({ kind, cookie }) =>
    kind === 'search' ? (pages[cookie ?? ''] ?? { code: 53, text: 'no such cookie' }) : {};
/** Without the first pass over the ids, so that a script has one pass to tell of. */
const setup = (url: string, over: Partial<LdapSetup> = {}): LdapSetup => ({
  url,
  base: 'dc=x',
  fields: { manager: null },
  ...over,
  options: { page_size: 2, ...over.options },
});

describe('a list that a server pages in its own way', () => {
  it('goes on after a page without entries: only an empty cookie is the end', async () => {
    await using server = await fakeDirectory(
      paged({ '': { entries: [entry('a')], cookie: 'one' }, one: { cookie: 'two' }, two: { entries: [entry('b')], cookie: '' } }),
    );
    const { rows, completeness } = await pullAll(ldapFor('person', setup(server.url)));
    expect(rows.map(({ id }) => id)).toEqual(['id-a', 'id-b']);
    expect(completeness).toMatchObject({ verdict: 'consistent', reasons: [] });
  });

  it('stops when pages repeat, whatever the cookie says', async () => {
    let cookies = 0;
    await using server = await fakeDirectory(({ kind }) =>
      kind === 'search' ? { entries: [entry('a'), entry('b')], cookie: `c${cookies++}` } : {},
    );
    const { rows, completeness } = await pullAll(ldapFor('person', setup(server.url)));
    expect(rows).toHaveLength(2);
    expect(completeness.verdict).toBe('unproven');
    expect(completeness.reasons).toContainEqual(expect.stringContaining('repeats pages'));
  });

  it('takes a cookie that stays the same, as 389 Directory Server sends it', async () => {
    await using server = await fakeDirectory(({ kind, number }) =>
      kind === 'search' ? { entries: [entry(`u${number}`)], cookie: number < 4 ? 'same' : '' } : {},
    );
    const { rows, completeness } = await pullAll(ldapFor('person', setup(server.url)));
    expect(rows).toHaveLength(4);
    expect(completeness.verdict).toBe('consistent');
  });

  it('gives up on a server that sends empty pages for ever', async () => {
    await using server = await fakeDirectory(({ kind, number }) => (kind === 'search' ? { cookie: `c${number}` } : {}));
    const { completeness } = await pullAll(ldapFor('person', setup(server.url)));
    expect(completeness.verdict).toBe('unproven');
    expect(completeness.reasons).toContainEqual(expect.stringContaining('100 pages without an entry'));
  });

  it('doubts a full page that came without the control', async () => {
    await using server = await fakeDirectory(paged({ '': { entries: [entry('a'), entry('b')] } }));
    const { completeness } = await pullAll(ldapFor('person', setup(server.url)));
    expect(completeness.verdict).toBe('unproven');
  });

  it('takes a whole answer without the control: RFC 2696 lets a server do so', async () => {
    await using server = await fakeDirectory(paged({ '': { entries: [entry('a'), entry('b'), entry('c')] } }));
    const { completeness } = await pullAll(ldapFor('person', setup(server.url)));
    expect(completeness).toMatchObject({ verdict: 'consistent', unique: 3 });
  });

  it('doubts a later page that came without the control', async () => {
    await using server = await fakeDirectory(
      paged({ '': { entries: [entry('a'), entry('b')], cookie: 'one' }, one: { entries: [entry('c')] } }),
    );
    const { completeness } = await pullAll(ldapFor('person', setup(server.url)));
    expect(completeness.verdict).toBe('unproven');
  });

  it('drops and doubts an entry that comes twice', async () => {
    await using server = await fakeDirectory(
      paged({ '': { entries: [entry('a'), entry('b')], cookie: 'one' }, one: { entries: [entry('c'), entry('b')], cookie: '' } }),
    );
    const { rows, completeness } = await pullAll(ldapFor('person', setup(server.url)));
    expect(rows).toHaveLength(3);
    expect(completeness.verdict).toBe('unproven');
  });

  it('doubts a list that is shorter than the pass over the ids was', async () => {
    await using server = await fakeDirectory(({ kind, number }) =>
      kind === 'search' ? { entries: number === 1 ? [entry('a'), entry('b')] : [entry('a')], cookie: '' } : {},
    );
    const { completeness } = await pullAll(ldapFor('person', setup(server.url, { fields: {} })));
    expect(completeness.verdict).toBe('unproven');
    expect(completeness.reasons).toContainEqual(expect.stringContaining('shrank from 2 to 1'));
  });

  it('takes the estimate of the control for no total', async () => {
    await using server = await fakeDirectory(paged({ '': { entries: [entry('a')], cookie: '', estimate: 5 } }));
    const { completeness } = await pullAll(ldapFor('person', setup(server.url)));
    expect(completeness).toMatchObject({ verdict: 'consistent', reasons: ['the server estimates about 5 entries'], unique: 1 });
    expect(completeness.declaredTotal).toBeUndefined();
  });

  it('remarks continuation references and never connects to them', async () => {
    await using elsewhere = await fakeDirectory(() => ({}));
    await using server = await fakeDirectory(paged({ '': { entries: [entry('a')], referrals: [`${elsewhere.url}/dc=y`], cookie: '' } }));
    const { completeness } = await pullAll(ldapFor('person', setup(server.url)));
    expect(completeness.verdict).toBe('consistent');
    expect(completeness.reasons).toEqual([expect.stringContaining('were not followed')]);
    expect(elsewhere.asked).toEqual([]);
  });
});

describe('a server in trouble', () => {
  it('is asked again while it is busy, with the same cookie', async () => {
    const waits: number[] = [];
    await using server = await fakeDirectory(({ kind, number, cookie }) => {
      if (kind !== 'search') return number === 1 ? { code: 51 } : {};
      if (number === 2 || number === 3) return { code: number === 2 ? 51 : 52 };
      return cookie === '' ? { entries: [entry('a')], cookie: 'one' } : { entries: [entry('b')], cookie: '' };
    });
    const wait = async (ms: number): Promise<void> => void waits.push(ms);
    const { rows } = await pullAll(ldapFor('person', setup(server.url, { world: { wait } })));
    expect(rows).toHaveLength(2);
    expect(server.asked.filter(({ kind }) => kind === 'search').map(({ cookie }) => cookie)).toEqual(['', 'one', 'one', 'one']);
    expect(waits).toEqual([500, 500, 2000]);
  });

  it('fails when it stays busy', async () => {
    await using server = await fakeDirectory(({ kind }) => (kind === 'search' ? { code: 51 } : {}));
    const error = await failureOf(ldapFor('person', setup(server.url)));
    expect(error).toMatchObject({ fault: 'server' });
    expect(server.asked.filter(({ kind }) => kind === 'search')).toHaveLength(4);
  });

  it.each([
    [3, 'timeout', 'time_limit'],
    [4, 'refused', 'size limit'],
    [11, 'refused', 'administrative limit'],
    [12, 'refused', 'paged results control'],
    [50, 'permission', 'read access'],
    [1, 'server', 'operations error'],
    [80, 'server', '80'],
  ])('fails on result code %i in the middle of a list, entries or not', async (code, fault, text) => {
    await using server = await fakeDirectory(
      paged({ '': { entries: [entry('a'), entry('b')], cookie: 'one' }, one: { entries: [entry('c')], code, cookie: '' } }),
    );
    const error = await failureOf(ldapFor('person', setup(server.url)));
    expect(error.fault).toBe(fault);
    expect(error.message).toContain(text);
    expect(error.message).toContain('reading page 2');
  });

  it.each([
    ['hangs up', 'hang-up' as const, 'network'],
    ['is silent', 'silence' as const, 'timeout'],
    ['sends a message that is torn inside', Buffer.from('300c0204000000ff6503ffffff00', 'hex'), 'malformed'],
    ['sends what is no LDAP', Buffer.from(`HTTP/1.1 400 Bad Request\r\n\r\n${'<p>no</p>'.repeat(20)}`), 'malformed'],
  ])('fails when it %s in the middle of a list', async (_, what, fault) => {
    await using server = await fakeDirectory(({ kind, number }) =>
      kind !== 'search' ? {} : number === 1 ? { entries: [entry('a')], cookie: 'one' } : what,
    );
    const error = await failureOf(ldapFor('person', setup(server.url, { world: { operationMs: 50 } })));
    expect(error.fault).toBe(fault);
    // A new connection would be anonymous, and see less.
    expect(server.asked.filter(({ kind }) => kind === 'bind')).toHaveLength(1);
  });

  it('is not asked at all once the run is stopped', async () => {
    await using server = await fakeDirectory(() => ({}));
    const error = await failureOf(ldapFor('person', setup(server.url)), { signal: AbortSignal.abort() });
    expect(error.fault).toBe('aborted');
    expect(server.asked).toEqual([]);
  });
});

describe('a bind', () => {
  const subcode = (data: string): string =>
    `80090308: LdapErr: DSID-0C090447, comment: AcceptSecurityContext error, data ${data}, v3839\u0000`;

  it.each([
    ['52e', 'password is wrong'],
    ['533', 'disabled'],
    ['701', 'has expired'],
    ['773', 'must change its password'],
    ['775', 'locked out'],
    ['532', 'password of the bind account has expired'],
  ])('that Active Directory refuses with data %s says why', async (data, text) => {
    await using server = await fakeDirectory(() => ({ code: 49, text: subcode(data) }));
    const error = await failureOf(ldapFor('person', setup(server.url)));
    expect(error).toMatchObject({ fault: 'auth' });
    expect(error.message).toContain(text);
  });

  it.each([
    [8, 'ldaps://'],
    [13, 'ldaps://'],
    [48, 'simple bind'],
    [53, 'was refused (53)'],
  ])('refused with %i says what to do', async (code, text) => {
    await using server = await fakeDirectory(() => ({ code }));
    expect((await failureOf(ldapFor('person', setup(server.url)))).message).toContain(text);
  });

  it('shows the words of the server safely and without the password', async () => {
    await using server = await fakeDirectory(() => ({ code: 53, text: 'no pa55word\u001b[31m\n\u202eplease' }));
    const { message } = await failureOf(ldapFor('person', setup(server.url)));
    expect(message).not.toMatch(/pa55word|[\u001b\n\u202e]/);
    expect(message).toContain('no ***');
  });

  it('never sends a password in the clear to another machine', async () => {
    const error = await failureOf(ldapFor('person', setup('ldap://ldap.corp.example')));
    expect(error).toMatchObject({ fault: 'refused' });
    expect(error.message).toContain('use ldaps://');
  });

  it('does not happen when the server has no StartTLS', async () => {
    await using server = await fakeDirectory(() => ({ code: 2, text: 'unsupported extended operation' }));
    const error = await failureOf(ldapFor('person', setup(server.url, { options: { starttls: true } })));
    expect(error).toMatchObject({ fault: 'tls' });
    expect(server.asked.map(({ kind }) => kind)).toEqual(['starttls']);
  });
});

describe('a message that is announced as longer than any entry', () => {
  const head = (length: number): Buffer => Buffer.concat([Buffer.from([0x30, 0x84]), Buffer.from(Uint32Array.of(length).buffer).swap32()]);
  const refused = 'the server announced a message of more than 32 MiB, and reading stopped there';

  it.each([
    ['the first answer to a search', 'search', head(0x7fffffff)],
    ['with a little of it', 'search', Buffer.concat([head((32 << 20) + 1), Buffer.alloc(1000)])],
    ['the answer to the bind', 'bind', head(0xffffffff)],
  ] as const)('%s: the connection ends there', async (_, at, bytes) => {
    await using server = await fakeDirectory(({ kind }) => (kind === at ? bytes : {}));
    const failure = await failureOf(ldapFor('person', setup(server.url)));
    expect(failure.fault).toBe('too-large');
    expect(failure.message).toContain(`${refused}; check that url names an LDAP server, and map fewer attributes`);
  });

  it('reads heads that come in pieces, and one behind another', () => {
    const parser = new MessageParser();
    let refusals = 0;
    refuseLong(parser, () => refusals++);
    // An unbind, which a server never sends, is a whole message of seven bytes.
    const whole = Buffer.from([0x30, 0x05, 0x02, 0x01, 0x01, 0x42, 0x00]);
    parser.on('error', () => undefined);
    const details = new Map() as Parameters<typeof parser.read>[1];
    for (const byte of head(32 << 20)) parser.read(Buffer.of(byte), details);
    expect(refusals).toBe(0);
    Reflect.deleteProperty(parser, 'buffer');
    for (const byte of head((32 << 20) + 1)) parser.read(Buffer.of(byte), details);
    expect(refusals).toBe(1);
    parser.read(whole, details);
    expect(Reflect.get(parser, 'buffer')).toBeUndefined();
  });

  it.each([
    [[0x30], undefined],
    [[0x30, 0x7f], 127],
    [[0x30, 0x81], undefined],
    [[0x30, 0x82, 0x01, 0x00], 256],
    [[0x30, 0x84, 0x01, 0x00, 0x00], undefined],
    [[0x30, 0x80, 0x00], undefined],
    [[0x30, 0x85, 0x01, 0x00, 0x00, 0x00, 0x00], undefined],
  ])('%j announces %s', (bytes, length) => {
    expect(announcedLength(Buffer.from(bytes))).toBe(length);
  });
});
