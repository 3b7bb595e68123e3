import { isUtf8 } from 'node:buffer';
import { MAX_LEVELS, nestsTooDeep } from '../contract/json-depth.js';
import { Fault } from './fault.js';
import { parseXml, type XmlLists } from './xml.js';

/**
 * The JSON value of a body (the same of one in XML, where that may come), or a failure: never a string in place of a list. The charset
 * comes from the header (UTF-8 by default, RFC 8259 section 8.1) and a byte order mark outranks it; bytes that do not fit are a failure,
 * for a replacement character in a name would look like a difference between two systems.
 *
 * @throws {Fault} `malformed`
 */
export function parseJson(
  status: number,
  type: string | undefined,
  bytes: Buffer,
  scan?: (bytes: Buffer) => unknown,
  xml?: XmlLists,
): unknown {
  const { media, charset } = contentType(type);
  if (bytes.length === 0) {
    throw new Fault('malformed', 'empty', `answered ${status} with an empty body where JSON was expected`, 'check the configured url');
  }
  if (/html/.test(media) || /^\uFEFF?\s*<(!doctype\s+html|html|head|body)\b/i.test(bytes.toString('latin1', 0, 200).replace(/^ï»¿/, ''))) {
    throw new Fault(
      'malformed',
      'html',
      `answered ${status}: a web page came back where JSON was expected: is the session or SSO in front of it?`,
      'check the token and the configured url',
    );
  }
  const isXml = xml !== undefined && /^(?:text|application)\/xml$/.test(media);
  if (media !== '' && !isJson(media) && !isXml) {
    throw new Fault(
      'malformed',
      'type',
      `answered ${status} with ${media.slice(0, 60)} where JSON was expected`,
      'check the configured url',
    );
  }
  const label = byteOrder(bytes) ?? charset ?? 'utf-8';
  // A byte order mark is no JSON: the decoder takes it away.
  if (scan !== undefined && !isXml && label === 'utf-8' && bytes[0] !== 0xef && isUtf8(bytes)) {
    const found = scan(bytes);
    if (found !== undefined) return found;
  }
  const text = decode(status, label, bytes);
  if (!isXml && nestsTooDeep(text))
    throw new Fault(
      'malformed',
      'json',
      `answered ${status} with JSON of more than ${MAX_LEVELS} levels`,
      'check the configured url: no list of users nests like that',
    );
  try {
    return isXml ? parseXml(text, xml) : JSON.parse(text);
  } catch {
    // The parser's own message quotes the body.
    throw new Fault(
      'malformed',
      'json',
      `answered ${status} with ${isXml ? 'XML' : 'JSON'} that is cut short or broken (${bytes.length} bytes)`,
      'try again; if it stays, ask for smaller pages',
      { repeat: 1 },
    );
  }
}

/** Best effort, for the bodies of errors: undefined when it is no JSON (nor XML, where that may come). */
export function tryJson(type: string | undefined, bytes: Buffer, xml?: XmlLists): unknown {
  try {
    return parseJson(0, type, bytes, undefined, xml);
  } catch {
    return undefined;
  }
}

/** application/json, application/scim+json (RFC 7644 section 3.1), text/json, and whatever ends in +json (RFC 6839). */
function isJson(media: string): boolean {
  return /^(application|text)\/json$/.test(media) || /^[\w.!#$&^-]+\/[\w.!#$&^-]+\+json$/.test(media);
}

function contentType(type: string | undefined): { media: string; charset: string | undefined } {
  const [media = '', ...parameters] = (type ?? '').toLowerCase().split(';');
  const charset = parameters.map((parameter) => /^\s*charset\s*=\s*"?([^"\s]+)"?\s*$/.exec(parameter)?.[1]).find(Boolean);
  return { media: media.trim(), charset };
}

function decode(status: number, label: string, bytes: Buffer): string {
  const decoder = decoderFor(label);
  if (decoder === undefined) {
    throw new Fault(
      'malformed',
      'charset',
      `answered ${status} in an unknown charset ("${label.slice(0, 40)}")`,
      'report it to whoever runs the system',
    );
  }
  try {
    return decoder.decode(bytes);
  } catch {
    throw new Fault(
      'malformed',
      'charset',
      `answered ${status} with bytes that are not ${decoder.encoding}`,
      'the content-type header names the wrong charset: report it to whoever runs the system',
    );
  }
}

function decoderFor(label: string) {
  try {
    return new TextDecoder(label, { fatal: true });
  } catch {
    return undefined;
  }
}

function byteOrder(bytes: Buffer): string | undefined {
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 'utf-8' : undefined;
}
