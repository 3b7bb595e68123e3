import { ACCOUNT_KINDS } from '../model/account.js';
import { PERSON_KINDS } from '../model/person.js';
import { APP_KEYS, DIRECTORY_KEYS } from './app.js';
import { compileFilter, FilterError } from '../filter/filter.js';
import type { ConfigDocument, Plain } from '../yaml/document.js';
import { appEntries, directoryEntries, isMap, listAt, mapAt, noMeaning, noReferences, type PlainMap } from './entries.js';
import { checkLogs, lackOfLog } from './logs.js';
import { matchRuleMistake } from './match-rules.js';
import type { Path } from '../yaml/mistakes.js';
import { didYouMean, editDistance } from '../model/nearest.js';
import { quoted } from '../yaml/quote.js';
import { tellsAssignments } from './manifests.js';
import { CONNECTOR_OPTIONS, urlMistake } from './sources.js';
import { ACCOUNT_FIELDS, PERSON_FIELDS } from '../model/field-names.js';
import { ACCOUNT_FILTER_WORDS, COMPARABLE, NOT_A_FIELD, PERSON_FILTER_WORDS } from './words.js';

/**
 * The rules between keys, over the raw values and next to the schema rather than behind it: so a typo in one place does not
 * hide the mistakes in another.
 */
export function check(document: ConfigDocument, warn: (text: string) => void): void {
  const directory = directoryEntries(document.value);
  const apps = appEntries(document.value);
  const { mistakes } = document;
  const personOwn = [...new Set(directory.flatMap(([, entry]) => ownFields(entry, PERSON_FIELDS)))];

  if (isMap(document.value) && isMap(document.value.apps) && Object.keys(document.value.apps).length === 0) {
    mistakes.at(['apps'], 'expected one app at least');
  }
  for (const key of ['policy', 'history']) noReferences([key], mapAt(document.value)[key], mistakes);
  const names = new Set<unknown>();
  for (const [path, entry] of directory) {
    if (typeof entry.name === 'string' && names.has(entry.name))
      mistakes.at([...path, 'name'], `the name ${quoted(entry.name)} is taken by an earlier entry`);
    names.add(entry.name);
    checkFields(path, entry, PERSON_FIELDS, PERSON_KINDS);
    checkOptions(path, entry);
    const lack = entry.log === true ? lackOfLog(entry, 'own') : undefined;
    if (lack !== undefined) mistakes.at([...path, 'log'], `${lack}; leave \`log\` out`);
  }
  for (const [path, entry] of apps) {
    const accountOwn = ownFields(entry, ACCOUNT_FIELDS);
    checkFields(path, entry, ACCOUNT_FIELDS, ACCOUNT_KINDS);
    checkOptions(path, entry);
    listAt(entry.match).forEach((rule, i) => {
      const mistake =
        typeof rule === 'string' && rule !== '' ? matchRuleMistake(rule, { account: accountOwn, person: personOwn }) : undefined;
      if (mistake !== undefined) mistakes.at([...path, 'match', i], mistake);
    });
    listAt(entry.compare).forEach((name, i) => {
      if (typeof name === 'string') checkCompared([...path, 'compare', i], name, accountOwn, personOwn);
    });
    checkLogs([path, entry], directory, mistakes);
    checkAssigned([...path, 'assigned', 'directory'], mapAt(entry.assigned).directory);
    for (const key of ['expected', 'allowed']) checkFilter([...path, key], entry[key], [...PERSON_FILTER_WORDS, ...personOwn]);
    listAt(entry.accounts).forEach((account, i) => {
      checkFilter([...path, 'accounts', i, 'match'], mapAt(account).match, [...ACCOUNT_FILTER_WORDS, ...accountOwn]);
    });
  }

  /** The provider is a directory entry, and one whose connector can tell assignments. */
  function checkAssigned(path: Path, name: Plain | undefined): void {
    if (typeof name !== 'string' || name === '') return;
    const entry = directory.find(([, one]) => one.name === name)?.[1];
    const known = [...names].filter((one) => typeof one === 'string');
    if (entry === undefined) {
      mistakes.at(path, `expected the name of a directory entry, got ${quoted(name)}.${didYouMean(name, known)}`);
    } else if (typeof entry.connector === 'string' && !tellsAssignments(entry.connector)) {
      mistakes.at(
        path,
        `the connector ${entry.connector} of ${quoted(name)} tells no assignments; leave \`assigned\` out, or write \`expected\``,
      );
    }
  }

  function checkFields(path: Path, entry: PlainMap, known: readonly string[], kinds: readonly string[]): void {
    const fields = mapAt(entry.fields);
    for (const name of Object.keys(fields)) {
      if (known.includes(name)) continue;
      const at = [...path, 'fields', name];
      const instead = Object.hasOwn(NOT_A_FIELD, name) ? NOT_A_FIELD[name] : undefined;
      const twin = known.find((word) => word.toLowerCase() === name.toLowerCase().replace(/[-_]/g, ''));
      const near = known.find((word) => editDistance(word, name) === 1);
      if (instead !== undefined) mistakes.at(at, instead, 'key');
      else if (twin !== undefined) mistakes.at(at, `unknown key. Did you mean ${twin}?`, 'key');
      else if (near !== undefined) warn(`${mistakes.place(at)}: taken as an attribute of your own; did you mean ${near}?`);
    }
    checkKind([...path, 'fields', 'kind'], mapAt(fields.kind), kinds);
    for (const [name, place] of Object.entries(fields)) {
      if (name !== 'kind' && name !== 'admin')
        for (const key of ['absent', 'dated', 'prefer'])
          noMeaning([...path, 'fields', name], mapAt(place), key, 'state, status, kind and admin', mistakes);
    }
  }

  function checkKind(path: Path, place: PlainMap, kinds: readonly string[]): void {
    const told: [Path, Plain | undefined][] = Object.entries(mapAt(place.map)).map(([from, to]) => [[...path, 'map', from], to]);
    for (const key of ['absent', 'dated', 'prefer']) {
      if (Array.isArray(place[key])) place[key].forEach((word, i) => told.push([[...path, key, i], word]));
      else if (Object.hasOwn(place, key)) told.push([[...path, key], place[key]]);
    }
    for (const [at, to] of told) {
      if (typeof to === 'string' && kinds.includes(to)) continue;
      const got = typeof to === 'string' ? `, got ${quoted(to)}.${didYouMean(to, kinds)}` : '';
      mistakes.at(at, `expected one of ${kinds.join(', ')}${got}`);
    }
    listAt(place.from).forEach((one, i) => checkKind([...path, 'from', i], mapAt(one), kinds));
  }

  function checkOptions(path: Path, entry: PlainMap): void {
    const options =
      typeof entry.connector === 'string' && Object.hasOwn(CONNECTOR_OPTIONS, entry.connector)
        ? CONNECTOR_OPTIONS[entry.connector]
        : undefined;
    if (options === undefined) return;
    for (const [key, message] of options.rules?.(entry) ?? []) mistakes.at([...path, key], message);
    if (typeof entry.url === 'string' && !entry.url.includes('${') && options.protocols !== undefined) {
      const mistake = urlMistake(entry.url, options.protocols);
      if (mistake !== undefined) mistakes.at([...path, 'url'], mistake);
    }
    for (const [key, value] of Object.entries(entry)) {
      const isOption = key in options.shape || (options.open === true && !(key in APP_KEYS) && !(key in DIRECTORY_KEYS));
      if (!isOption && key !== 'log') noReferences([...path, key], value, mistakes);
    }
  }

  function checkCompared(path: Path, name: string, accountOwn: readonly string[], personOwn: readonly string[]): void {
    const known = [...COMPARABLE, ...accountOwn, ...personOwn];
    if (!known.includes(name)) {
      mistakes.at(path, `expected one of ${[...new Set(known)].join(', ')}, got ${quoted(name)}.${didYouMean(name, known)}`);
    } else if (!COMPARABLE.includes(name) && (!accountOwn.includes(name) || !personOwn.includes(name))) {
      const side = accountOwn.includes(name) ? 'directory' : 'app';
      mistakes.at(path, `${quoted(name)} is not mapped under fields of the ${side}, so it could never be compared`);
    }
  }

  function checkFilter(path: Path, filter: Plain, words: readonly string[]): void {
    if (typeof filter !== 'string' || filter === '') return;
    try {
      compileFilter(filter, words);
    } catch (error) {
      if (!(error instanceof FilterError)) throw error;
      mistakes.atPosition(document.within(path, error.offset), path, error.message);
    }
  }
}

/** Attributes of one's own that an entry maps: they may be matched, compared and filtered by. */
function ownFields(entry: PlainMap, known: readonly string[]): string[] {
  return Object.entries(mapAt(entry.fields)).flatMap(([name, place]) => (known.includes(name) || place === null ? [] : [name]));
}
