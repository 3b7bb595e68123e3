import { isUtf8 } from 'node:buffer';

/** Octets beyond ASCII, each as RFC 4515 section 3 writes it. */
const RUN = /(?:\\[89a-f][0-9a-f])+/gi;

/**
 * The filter with its escaped octets as the characters that they are. ldapts takes each `\xx` from 80 on for a Latin letter of its own, so that
 * `(sn=Lu\c4\8di\c4\87)` would be sent as another name, and find nobody without an error. Undefined where they are no text (an objectGUID): there is no
 * way to write such a value.
 */
export function withCharacters(filter: string): string | undefined {
  const octets = (run: string): Buffer => Buffer.from(run.replaceAll('\\', ''), 'hex');
  const areText = (filter.match(RUN) ?? []).every((run) => isUtf8(octets(run)));
  return areText ? filter.replace(RUN, (run) => octets(run).toString('utf8')) : undefined;
}
