import { Redactor } from '../model/redactor.js';

/**
 * Every secret that this process has resolved. Only the last line of defence asks for it: the message of a crash, printed
 * by code that has no Config at hand.
 */
const known = new Redactor();

export function remember(secrets: Iterable<string>): void {
  known.add(secrets);
}

/** Redacts every secret that any config of this process has resolved, or any system has given it since. */
export function redactKnown(text: string): string {
  return known.redact(text);
}
