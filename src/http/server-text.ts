import { isList, isObject } from '../model/parsed.js';
const LONGEST = 200;

/**
 * Makes what could move a cursor, colour a terminal or reorder a line visible as `\u{…}`: C0 and C1 controls, zero-width and
 * bidirectional marks, line and paragraph separators, lone surrogates.
 */
export function visible(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]|\p{Cs}/gu, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}

/** The system's own short sentence about an error: redacted, visible, at most 200 characters; undefined when it has none. */
export function serverText(body: unknown, redact: (text: string) => string): string | undefined {
  const found = sentence(body, 0)?.trim();
  if (!found) return undefined;
  // Redact before cutting: half a secret would no longer be recognised.
  const text = visible(redact(found).replace(/\s+/g, ' '));
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}

/**
 * Where error texts stand: SCIM (RFC 7644 section 3.12) `detail`; OAuth (RFC 6749 section 5.2) `error_description`; problem
 * details (RFC 9457) `detail`, `title`; Okta `errorSummary`; Microsoft Graph and Google `error.message`; lists of such objects.
 */
const PLACES = ['detail', 'error_description', 'errorSummary', 'message', 'error', 'errors', 'title', 'description', 'reason'];

function sentence(value: unknown, depth: number): string | undefined {
  if (typeof value === 'string') return value;
  if (depth > 3) return undefined;
  if (isList(value)) return sentence(value[0], depth + 1);
  if (!isObject(value)) return undefined;
  for (const place of PLACES) {
    if (!Object.hasOwn(value, place)) continue;
    const text = sentence(value[place], depth + 1);
    if (text?.trim()) return text;
  }
  return undefined;
}
