import type { MessageParser } from 'ldapts';

/** One entry is one message (RFC 4511 section 4.5.2); the largest of real directories, with photographs and thousands of groups, have a few MiB. */
export const MAX_MESSAGE = 32 << 20;

/** The length that the head of a message announces (X.690 section 8.1.3); undefined while the head is not whole, or where it is none. */
export function announcedLength(head: Buffer): number | undefined {
  const first = head[1];
  if (first === undefined || first < 0x80) return first;
  const octets = first & 0x7f;
  // The parser refuses more than four, and the form without a length.
  if (octets === 0 || octets > 4 || head.length < 2 + octets) return undefined;
  return head.readUIntBE(2, octets);
}

/** From the first message on that is announced as longer than `MAX_MESSAGE`, the parser takes no more bytes. */
export function refuseLong(parser: MessageParser, refuse: () => void): void {
  const read = parser.read.bind(parser);
  let refused = false;
  // It calls itself for each further message in the same bytes, so that every head is seen.
  parser.read = (data, details) => {
    if (refused) return;
    const held: unknown = Reflect.get(parser, 'buffer');
    const head = Buffer.isBuffer(held) ? Buffer.concat([held.subarray(0, 6), data.subarray(0, 6)]) : data;
    refused = (announcedLength(head) ?? 0) > MAX_MESSAGE;
    if (!refused) return read(data, details);
    Reflect.deleteProperty(parser, 'buffer');
    refuse();
  };
}
