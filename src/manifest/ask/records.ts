import { jsonPath } from '../../mapping/json-path.js';
import type { Records } from '../form/parts.js';
import { isList, isObject } from '../../model/parsed.js';

/** Takes the records out of an answer. Undefined: there is no list where the manifest says that there is one. */
export function compileRecords(records: Records): (body: unknown) => readonly unknown[] | undefined {
  if (typeof records === 'string') return listAt(records, false);
  const { path, values_of: values, key_as: key, value_as: value, absent } = records;
  if (values === undefined) return listAt(path ?? '.', absent === 'empty');
  const read = values === '.' ? (body: unknown) => body : jsonPath(values);
  return (body) => {
    const found = read(body);
    if (found === undefined || found === null) return absent === 'empty' ? [] : undefined;
    if (typeof found !== 'object') return undefined;
    // PHP writes an empty object as an empty list.
    if (Array.isArray(found)) return found.length === 0 ? [] : undefined;
    const entries = Object.entries(found);
    return entries.map(([name, one]: [string, unknown]) => {
      const record = value === undefined || isObject(one) ? one : { [value]: one };
      return key === undefined ? record : { ...(isObject(record) ? record : {}), [key]: name };
    });
  };
}

function listAt(path: string, absentIsEmpty: boolean): (body: unknown) => readonly unknown[] | undefined {
  const read = path === '.' ? (body: unknown) => body : jsonPath(path);
  return (body) => {
    const found = read(body);
    if (isList(found)) return found;
    const isAbsent = found === undefined || found === null;
    return isAbsent && absentIsEmpty && isObject(body) ? [] : undefined;
  };
}
