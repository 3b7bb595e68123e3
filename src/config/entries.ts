import type { Plain } from '../yaml/document.js';
import type { Mistakes, Path } from '../yaml/mistakes.js';

export type PlainMap = { readonly [key: string]: Plain };
/** A mapping of the config as it is written, and where it stands. */
export type Entry = readonly [Path, PlainMap];

export const isMap = (value: Plain): value is { [key: string]: Plain } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
export const mapAt = (value: Plain): PlainMap => (isMap(value) ? value : {});
export const listAt = (value: Plain): readonly Plain[] => (Array.isArray(value) ? value : []);

export function directoryEntries(root: Plain): Entry[] {
  const { directory } = mapAt(root);
  if (!Array.isArray(directory)) return isMap(directory) ? [[['directory'], directory]] : [];
  return directory.flatMap((entry, i) => (isMap(entry) ? [[['directory', i], entry] as const] : []));
}

export function appEntries(root: Plain): Entry[] {
  return Object.entries(mapAt(mapAt(root).apps)).flatMap(([name, app]) => (isMap(app) ? [[['apps', name], app] as const] : []));
}

/** The logs of one app. */
export function logEntries([path, app]: Entry): Entry[] {
  return listAt(app.log).flatMap((log, i) => (isMap(log) ? [[[...path, 'log', i], log] as const] : []));
}

/** Outside of a connector's options a reference would be taken as plain text, and nobody would notice. */
export function noReferences(path: Path, value: Plain, mistakes: Mistakes): void {
  if (typeof value === 'string' && /\$\{(?:env|file):/.test(value))
    mistakes.at(path, 'references are resolved in the options of a connector only');
  if (Array.isArray(value)) value.forEach((item, i) => noReferences([...path, i], item, mistakes));
  else if (isMap(value)) Object.entries(value).forEach(([key, item]) => noReferences([...path, key], item, mistakes));
}

/** A text that is not there has no meaning, and of several the first counts: `absent` and `prefer` belong to words of a closed list. */
export function noMeaning(path: Path, place: PlainMap, key: string, words: string, mistakes: Mistakes): void {
  if (Object.hasOwn(place, key)) mistakes.at([...path, key], `${key} is for ${words}`, 'key');
  listAt(place.from).forEach((one, i) => noMeaning([...path, 'from', i], mapAt(one), key, words, mistakes));
}
