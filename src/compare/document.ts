import path from 'node:path';
import { printable } from '../yaml/quote.js';
import type { FieldMap, FieldSpec } from '../model/config.js';
import { pathsOf } from '../model/places.js';
import type { Plan } from './plan.js';

/** The config that reads these files so, as people would write it. `folder`: where it stands, from which its paths count. */
export function documentOf(people: Plan, apps: readonly (readonly [Plan, readonly string[]])[], folder: string, cwd: string): string {
  const at = (plan: Plan): string => path.relative(folder, path.resolve(cwd, plan.list.file)).split(path.sep).join('/');
  const lines = [
    '# Written by `lifegap compare`: `lifegap audit` does the same with it. docs/config.md explains every key.',
    'version: 1',
    'directory:',
    ...about(people, '  '),
    `  name: ${scalar(people.list.name)}`,
    ...entry(people, at(people), '  '),
    'apps:',
    ...apps.flatMap(([app, match]) => [
      `  ${scalar(app.list.name)}:`,
      ...about(app, '    '),
      ...entry(app, at(app), '    '),
      `    match: [${match.map(scalar).join(', ')}]`,
      ...accounts(app),
    ]),
  ];
  return `${lines.join('\n')}\n`;
}

function about({ known, notes }: Plan, indent: string): readonly string[] {
  const what = known === undefined ? 'told by its columns' : `${known.title} (${known.name})`;
  return [what, ...notes].map((text) => `${indent}# ${printable(text)}`);
}

function entry(plan: Plan, file: string, indent: string): readonly string[] {
  const { reading, options } = plan;
  const { fields, state, status, dates, accounts: _, ...ofFile } = reading;
  return [
    `${indent}connector: file`,
    `${indent}path: ${scalar(file)}`,
    ...Object.entries({ ...ofFile, ...options }).map(([key, value]) => `${indent}${key}: ${scalar(value)}`),
    ...(Object.keys(fields).length === 0 ? [] : [`${indent}fields:`, ...fieldLines(plan, fields, `${indent}  `)]),
    ...(state === undefined ? [] : specLines('state', state, indent)),
    ...(status === undefined ? [] : specLines('status', status, indent)),
    ...(dates === undefined ? [] : [`${indent}dates: ${dates}`]),
  ];
}

/** What a line may be long before a table is written below its name. */
const WIDE = 110;

function fieldLines({ columns }: Plan, fields: FieldMap, indent: string): readonly string[] {
  return Object.entries(fields).map(([name, spec]) => {
    const why = columns.find(({ column, as }) => as === name && pathsOf(spec).includes(column))?.why;
    const line = `${indent}${scalar(name)}: ${spec === null ? 'null' : flow(spec)}`;
    const said = spec === null ? 'this column has the name, and another meaning' : why;
    return said === undefined || line.length > WIDE ? line : `${line.padEnd(44)} # ${printable(said)}`;
  });
}

function specLines(name: string, spec: FieldSpec, indent: string): readonly string[] {
  const line = `${indent}${name}: ${flow(spec)}`;
  if (line.length <= WIDE || typeof spec === 'string' || !('from' in spec)) return [line];
  const { map, from, ...rest } = spec;
  return [
    `${indent}${name}:`,
    `${indent}  from: ${flow(from)}`,
    ...(map === undefined ? [] : Object.keys(map).length === 0 ? [`${indent}  map: {}`] : [`${indent}  map:`]),
    ...Object.entries(map ?? {}).map(([word, as]) => `${indent}    ${scalar(word)}: ${scalar(as)}`),
    ...Object.entries(rest).map(([key, value]) => `${indent}  ${key}: ${flow(value)}`),
  ];
}

function accounts({ reading }: Plan): readonly string[] {
  return reading.accounts === undefined || reading.accounts.length === 0
    ? []
    : ['    accounts:', ...reading.accounts.map((one) => `      - ${flow(one)}`)];
}

function flow(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flow).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return scalar(value as string);
  const entries = Object.entries(value).map(([key, one]) => `${scalar(key)}: ${flow(one)}`);
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}

/** A word that YAML takes for text wherever it stands. */
const PLAIN = /^[A-Za-z_](?:[\w ./@+-]*[\w.+-])?$/;
const WORDS = /^(?:true|false|null|yes|no|on|off|y|n|\.inf|\.nan)$/i;
/** What YAML does not print (YAML 1.2, section 5.1), and what a terminal obeys. */
const UNSAFE = /[\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufffe\uffff]|\p{Surrogate}/gu;

export function scalar(value: string | number | boolean): string {
  if (typeof value !== 'string') return String(value);
  if (PLAIN.test(value) && !WORDS.test(value)) return value;
  return JSON.stringify(value).replace(UNSAFE, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
