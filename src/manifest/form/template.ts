import { Secret } from '../../model/secret.js';

const PLACE = /\$\{([^{}]*)\}/g;

/** What `${name}` may stand for; undefined: an optional parameter that was not given. */
export type Values = Readonly<Record<string, string | Secret | undefined>>;

/** The names in a template, in order. */
export function namesIn(text: string): string[] {
  return [...text.matchAll(PLACE)].map((match) => match[1] ?? '');
}

/** The text with every name replaced; undefined when one of them has no value. `encode` is applied to values, not to the text around. */
export function fill(text: string, values: Values, encode: (value: string) => string = (value) => value): string | undefined {
  const missing: string[] = [];
  const filled = text.replace(PLACE, (_, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value === undefined) missing.push(name);
    return encode(value instanceof Secret ? value.reveal() : (value ?? ''));
  });
  return missing.length === 0 ? filled : undefined;
}

/** As `fill`, for what carries a credential: it prints as `***`. */
export function fillSecret(text: string, values: Values): Secret | undefined {
  const filled = fill(text, values);
  return filled === undefined ? undefined : new Secret(filled);
}
