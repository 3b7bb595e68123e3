/**
 * An objectGUID as Microsoft's tools write it: the first three groups are little-endian (MS-DTYP section 2.3.4), so
 * `33 22 11 00 55 44 77 66 88 99 aa bb cc dd ee ff` is `00112233-4455-6677-8899-aabbccddeeff`. Undefined unless 16 bytes.
 */
export function guidText(bytes: Buffer): string | undefined {
  if (bytes.length !== 16) return undefined;
  const reversed = (from: number, to: number): string => Buffer.from(bytes.subarray(from, to)).reverse().toString('hex');
  const straight = (from: number, to: number): string => bytes.subarray(from, to).toString('hex');
  return [reversed(0, 4), reversed(4, 6), reversed(6, 8), straight(8, 10), straight(10, 16)].join('-');
}

/** A security identifier as text, `S-1-5-21-…-500` (MS-DTYP sections 2.4.2.1 and 2.4.2.2). Undefined when the bytes are none. */
export function sidText(bytes: Buffer): string | undefined {
  const count = bytes[1];
  if (bytes[0] !== 1 || count === undefined || count > 15 || bytes.length !== 8 + 4 * count) return undefined;
  const authority = bytes.readUIntBE(2, 6);
  const parts = Array.from({ length: count }, (_, index) => bytes.readUInt32LE(8 + 4 * index));
  return ['S', 1, authority, ...parts].join('-');
}

/** The relative identifier of an account of a domain (`S-1-5-21-a-b-c-RID`); undefined for any other SID. */
export function domainRid(sid: string): number | undefined {
  const found = /^S-1-5-21-\d+-\d+-\d+-(\d+)$/.exec(sid)?.[1];
  return found === undefined ? undefined : Number(found);
}
