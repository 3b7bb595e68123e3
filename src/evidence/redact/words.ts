import { factsOf, told, type Completeness } from '../../model/completeness.js';
import type { RequestSeen } from '../../model/request-seen.js';
import type { Failure } from '../record.js';
import { WITHHELD } from './withheld.js';
import type { Pseudonyms } from './pseudonyms.js';

/** What a system said when it failed may quote anybody: what kind of failure it was is kept, its words are not. */
export function redactFailure(name: string, { fault }: Failure): Failure {
  return { fault, message: `${name}: reading it failed (${fault}); what it said is withheld` };
}

/**
 * A sentence about a list: counts, and places in the file or the answer. What stands in double quotes is a sample of the data, what follows the words of
 * an error comes from the system, and an address is somebody's.
 */
export function redactSentence(text: string, pseudonyms: Pseudonyms): string {
  return text
    .replace(/"(?:[^"\\]|\\.)*"?/gs, '"…"')
    .replace(/((?:could not be|was not|cannot be) read\b[^:(]*): .*$/s, '$1; what it said is withheld')
    .replace(/[^\s,;()]+@[^\s,;()]+/g, (address) => pseudonyms.value(address));
}

export function redactCompleteness(completeness: Completeness, pseudonyms: Pseudonyms): Completeness {
  const unread = completeness.unread?.map((dates) => ({ ...dates, place: dates.field, sample: '"…"' }));
  const redacted = (sentences: readonly string[]): string[] => [...new Set(sentences.map((text) => redactSentence(text, pseudonyms)))];
  const { credentials } = completeness;
  return {
    ...completeness,
    ...(unread === undefined ? {} : { unread }),
    ...(credentials === undefined ? {} : { credentials: redacted(credentials) }),
    ...told(factsOf(completeness).map((fact) => ({ ...fact, text: redactSentence(fact.text, pseudonyms) }))),
  };
}

/** Ids stand in paths (`/Users/2819c223`): what is no word of the API's own gets its pseudonym. */
export function redactRequest(request: RequestSeen, pseudonyms: Pseudonyms): RequestSeen {
  // Folders are often named after somebody.
  if (request.method === 'READ') return { ...request, path: WITHHELD };
  // A search of LDAP says what it was for.
  if (request.method === 'SEARCH') return request;
  const segments = request.path.split('/').map((segment) => {
    const text = decoded(segment);
    return text === '' || pseudonyms.isPathWord(text) ? segment : pseudonyms.value(text);
  });
  return { ...request, path: segments.join('/') };
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
