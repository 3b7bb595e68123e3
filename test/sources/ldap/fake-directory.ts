import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { Attribute, BerReader, BerWriter, PagedResultsControl, PresenceFilter, SearchRequest } from 'ldapts';

/** A request as the fake understands it. */
export interface Asked {
  readonly kind: 'bind' | 'search' | 'starttls';
  /** 1 for the first request of its kind. */
  readonly number: number;
  readonly base: string;
  readonly attributes: readonly string[];
  /** Entries that a page may have; undefined without the control. */
  readonly size: number | undefined;
  /** Cookie of the paged results control; undefined without the control. */
  readonly cookie: string | undefined;
}

export interface Reply {
  readonly code?: number;
  readonly text?: string;
  readonly entries?: readonly { readonly dn: string; readonly attributes: Readonly<Record<string, readonly (string | Buffer)[]>> }[];
  readonly referrals?: readonly string[];
  /** Undefined: no paged results control in the answer. */
  readonly cookie?: string;
  /** The size in that control; default 0, as Active Directory sends it. */
  readonly estimate?: number;
}

/** `hang-up`: closes the connection in the middle of an answer; `silence`: never answers; a Buffer: these bytes instead. */
export type Behaviour = (asked: Asked) => Reply | 'hang-up' | 'silence' | Buffer;

export interface FakeDirectory extends AsyncDisposable {
  readonly url: string;
  readonly asked: readonly Asked[];
}

const BIND = 0x60;
const SEARCH = 0x63;
const EXTENDED = 0x77;

/** What is asked beside the list: what the default filter leaves out, and who writes the notes of the server. */
function isAside({ attributes }: Asked): boolean {
  const isCount = attributes.join() === 'objectclass';
  return isCount || (attributes.includes('pwdfailuretime') && !attributes.includes('createtimestamp'));
}
const nothing: Behaviour = () => ({ cookie: '' });

/** An LDAP server (RFC 4511) that says whatever a test wants. What is asked beside the list is not among what was `asked`. */
export async function fakeDirectory(behave: Behaviour, aside: Behaviour = nothing): Promise<FakeDirectory> {
  const asked: Asked[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    let rest: Buffer = Buffer.alloc(0);
    socket.on('error', () => socket.destroy());
    socket.on('data', (data) => {
      rest = Buffer.concat([rest, data]);
      for (let length = wholeMessage(rest); length !== undefined; length = wholeMessage(rest)) {
        answer(socket, rest.subarray(0, length));
        rest = rest.subarray(length);
      }
    });
  });

  function answer(socket: Socket, bytes: Buffer): void {
    const reader = new BerReader(bytes);
    reader.readSequence();
    const id = reader.readInt() ?? 0;
    const tag = reader.readSequence();
    const kind = tag === BIND ? 'bind' : tag === SEARCH ? 'search' : tag === EXTENDED ? 'starttls' : undefined;
    if (kind === undefined) return void socket.end();
    const number = asked.filter((one) => one.kind === kind).length + 1;
    const request: Asked = {
      kind,
      number,
      base: '',
      attributes: [],
      size: undefined,
      cookie: undefined,
      ...(kind === 'search' ? readSearch(reader, id) : {}),
    };
    const isBeside = isAside(request);
    if (!isBeside) asked.push(request);
    const reply = (isBeside ? aside : behave)(request);
    if (reply === 'silence') return;
    if (reply === 'hang-up') return void socket.end(Buffer.from('3084', 'hex'));
    socket.write(Buffer.isBuffer(reply) ? reply : written(id, kind, reply));
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `ldap://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

function wholeMessage(bytes: Buffer): number | undefined {
  if (bytes.length < 2) return undefined;
  const reader = new BerReader(bytes);
  return reader.readSequence() === null || reader.remain < reader.length ? undefined : reader.offset + reader.length;
}

function readSearch(reader: BerReader, messageId: number): Pick<Asked, 'base' | 'attributes' | 'size' | 'cookie'> {
  const request = new SearchRequest({ messageId, filter: new PresenceFilter({ attribute: 'x' }) });
  request.parse(reader, []);
  const paged = request.controls?.find((control) => control instanceof PagedResultsControl);
  return {
    base: request.baseDN,
    attributes: request.attributes,
    size: paged?.value?.size,
    cookie: paged === undefined ? undefined : (paged.value?.cookie?.toString() ?? ''),
  };
}

function written(id: number, kind: Asked['kind'], reply: Reply): Buffer {
  const parts = (reply.entries ?? []).map(({ dn, attributes }) =>
    message(id, 0x64, (writer) => {
      writer.writeString(dn);
      writer.startSequence();
      for (const [type, values] of Object.entries(attributes)) new Attribute({ type, values: values as Buffer[] }).write(writer);
      writer.endSequence();
    }),
  );
  for (const uri of reply.referrals ?? []) parts.push(message(id, 0x73, (writer) => writer.writeString(uri)));
  const tag = kind === 'bind' ? 0x61 : kind === 'search' ? 0x65 : 0x78;
  const control =
    reply.cookie === undefined
      ? undefined
      : new PagedResultsControl({ value: { size: reply.estimate ?? 0, cookie: Buffer.from(reply.cookie) } });
  const done = (writer: BerWriter): void => {
    writer.writeEnumeration(reply.code ?? 0);
    writer.writeString('');
    writer.writeString(reply.text ?? '');
  };
  return Buffer.concat([...parts, message(id, tag, done, control)]);
}

function message(id: number, tag: number, body: (writer: BerWriter) => void, control?: PagedResultsControl): Buffer {
  const writer = new BerWriter();
  writer.startSequence();
  writer.writeInt(id);
  writer.startSequence(tag);
  body(writer);
  writer.endSequence();
  if (control !== undefined) {
    writer.startSequence(0xa0);
    control.write(writer);
    writer.endSequence();
  }
  writer.endSequence();
  return writer.buffer;
}
