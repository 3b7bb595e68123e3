import type { AppSource, DemoApp } from './apps/account.js';
import { HR_URN } from './directory.js';

/** First line of every config that the demo writes: by it a folder is known as the demo's own. */
export const MARK = '# The company of `lifegap demo`.';
export const HR_TOKEN = 'LIFEGAP_DEMO_HR_TOKEN';
export const APP_TOKEN = 'LIFEGAP_DEMO_APP_TOKEN';

const CONTRACTORS = [
  '  - name: contractors                   # a second directory: whoever is in neither is nobody',
  '    connector: file',
  '    path: contractors.csv',
  '    fields:',
  '      id: contract_no',
  '      emails: [mail]',
  '      givenName: first',
  '      familyName: last',
  '      department: department',
  '      kind: { const: human }',
  '      startAt: from',
  '      endAt: until',
  '    state: { from: status, map: { open: active, closed: terminated } }',
];

/** `lifegap.yaml` for the systems behind a server of `server.ts`. */
export function servedConfig(origin: string, apps: readonly DemoApp[]): string {
  const lines = [
    `${MARK} Its systems answer at ${origin} while the demo runs.`,
    'version: 1',
    'directory:',
    '  - name: hr',
    '    connector: scim',
    `    url: ${origin}/hr/scim/v2`,
    `    token: \${env:${HR_TOKEN}}`,
    '    # SCIM knows `active` alone; this HR system says more in an extension of its own.',
    '    fields:',
    `      startAt: ${HR_URN}:hireDate`,
    `      endAt: ${HR_URN}:terminationDate`,
    `      kind: { from: ${HR_URN}:workerType, map: { Employee: human, ServiceIdentity: service } }`,
    '    state:',
    `      from: ${HR_URN}:employmentStatus`,
    '      map: { Active: active, OnLeave: leave, Suspended: suspended, Terminated: terminated }',
    ...CONTRACTORS,
    'apps:',
    ...apps.flatMap((app) => entry(app, [...sourceLines(app.name, app.source, origin), ...fieldLines(app.source)])),
    'history: false',
  ];
  return `${lines.join('\n')}\n`;
}

/** `lifegap.yaml` for the files of `files.ts`: it works when no server is up. */
export function keptConfig(apps: readonly DemoApp[]): string {
  const lines = [
    `${MARK} Change the files, and audit again.`,
    'version: 1',
    'directory:',
    "  - name: hr                            # the normal form's own names, so no field needs a mapping",
    '    connector: file',
    '    path: hr.ndjson',
    ...CONTRACTORS,
    'apps:',
    ...apps.flatMap((app) => entry(app, [...keptLines(app), ...(app.source.kind === 'file' ? fieldLines(app.source) : [])])),
    'history: false',
  ];
  return `${lines.join('\n')}\n`;
}

/** Where an app's list lies in the kept folder. */
export function keptFile(app: DemoApp): string {
  return app.source.kind === 'file' ? `apps/${app.source.file}` : `apps/${app.name}.ndjson`;
}

function entry(app: DemoApp, source: readonly string[]): string[] {
  return [...app.story.map((line) => `  # ${line}`), `  ${app.name}:`, ...[...source, ...app.config].map((line) => `    ${line}`)];
}

function sourceLines(name: string, source: AppSource, origin: string): string[] {
  return source.kind === 'scim'
    ? ['connector: scim', `url: ${origin}/${name}/scim/v2`, `token: \${env:${APP_TOKEN}}`]
    : ['connector: file', `path: apps/${source.file}`];
}

function keptLines(app: DemoApp): string[] {
  const whole = app.unproven === true ? ['# This file holds the whole list: the server that cuts it off is gone.'] : [];
  return [...whole, 'connector: file', `path: ${keptFile(app)}`];
}

function fieldLines(source: AppSource): string[] {
  return source.fields === undefined ? [] : ['fields:', ...source.fields.map((line) => `  ${line}`)];
}
