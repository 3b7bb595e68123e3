import path from 'node:path';
import { catalogueManifest, catalogueNames, catalogueText, manifestFile } from '../../../manifest/form/catalogue.js';
import { credentialLists } from '../../../manifest/form/credentials.js';
import { isDatabaseLogins } from '../../../manifest/database-logins.js';
import { factsOf } from '../../../manifest/form/facts.js';
import type { Manifest } from '../../../manifest/form/schema.js';
import { EXIT, UsageError } from '../../../model/errors.js';
import { didYouMean } from '../../../model/nearest.js';
import { visible } from '../../../report/escape.js';
import { loginsText } from './logins.js';
import type { Io } from '../../io.js';

/** `lifegap connectors show NAME`: the file as it is written; of the logins of a database, which have none, the query that is known. */
export function showConnector(name: string, io: Io): number {
  io.stdout.write(isDatabaseLogins(name) ? loginsText(name) : catalogueText(known(name)));
  return EXIT.clean;
}

/** `lifegap connectors test NAME|FILE`: throws when the manifest is wrong. */
export function testConnector(which: string | undefined, io: Io): number {
  if (which === undefined)
    throw new UsageError(
      'connectors test: name a connector, a manifest file (./my.yaml), or with --app or --directory an entry of the config',
    );
  const { manifest, isFile } = findManifest(which, io.cwd());
  io.stdout.write(
    `${describe(manifest, isFile ? which : undefined)
      .map((line) => visible(line))
      .join('\n')}\n`,
  );
  return EXIT.clean;
}

/** A manifest of the catalogue by its name, or a file. @throws {UsageError} */
export function findManifest(which: string, cwd: string): { readonly manifest: Manifest; readonly isFile: boolean } {
  const isFile = /[./\\]/.test(which);
  return { manifest: isFile ? manifestFile(path.resolve(cwd, which), which) : catalogueManifest(known(which)), isFile };
}

/** Connectors that are listed beside the catalogue. */
const WITHOUT_MANIFEST = ['file', 'ldap', 'scim', 'sql', 'unix', 'http'];

function known(name: string): string {
  const names = catalogueNames();
  if (names.includes(name)) return name;
  if (isDatabaseLogins(name) || WITHOUT_MANIFEST.includes(name))
    throw new UsageError(
      `${name} is a connector without a manifest; \`lifegap init --app ${name === 'http' ? 'NAME' : name}\` writes a config for it`,
    );
  throw new UsageError(
    `the catalogue has no ${visible(name.slice(0, 60))}.${didYouMean(name, names) || ' `lifegap connectors` lists what it has; a file is named with its path: ./my.yaml'}`,
  );
}

function describe(manifest: Manifest, file: string | undefined): string[] {
  const { name, title, kind, permission, params, hides = [], cannot_tell: mute = [], gaps = [], unverified = [] } = manifest;
  const facts = factsOf(manifest);
  const told = [
    facts.status === 'presence' ? 'presence is access' : 'status',
    `leavers ${facts.leavers}`,
    ...(facts.created ? ['created'] : []),
    ...(facts.lastLogin ? ['last login'] : []),
    ...(facts.ended ? ['end'] : []),
    ...(facts.credentials ? ['live credentials'] : []),
    ...(facts.assignments ? ['who is assigned to an app'] : []),
    ...(manifest.provisioning === undefined ? [] : ['what is provisioned to an app']),
    ...(facts.log ? ['a log of what was done to its accounts'] : []),
    ...(facts.pushes ? ['a log of what was pushed into an app'] : []),
  ];
  const options = Object.entries(params).map(([param, { secret, default: fallback, optional, describe: what, example }]) => {
    const value = secret === true ? `\${env:${`${name}_${param}`.toUpperCase().replaceAll('-', '_')}}` : (example ?? fallback ?? '…');
    const notes = [what, optional === true ? 'optional' : undefined, fallback === undefined ? undefined : `default ${fallback}`];
    const note = notes.filter(Boolean).join('; ');
    return `    ${param}: ${value}${note === '' ? '' : `   # ${note}`}`;
  });
  return [
    `${title} (${kind}) is a valid manifest; nothing was read.`,
    `tells: ${told.join(', ')}`,
    `needs: ${permission}`,
    ...credentialLists(manifest.credentials).flatMap(({ permission: more }) => (more === undefined ? [] : [`for credentials: ${more}`])),
    ...(manifest.assignments === undefined ? [] : [`for assignments: ${manifest.assignments.permission}`]),
    ...(manifest.provisioning === undefined ? [] : [`for provisioning settings: ${manifest.provisioning.permission}`]),
    ...(manifest.log === undefined ? [] : [`for its log: ${manifest.log.permission}`]),
    ...(manifest.pushes === undefined ? [] : [`for its log of pushes: ${manifest.pushes.permission}`]),
    ...hides.map((text) => `hides: ${text}`),
    ...mute.map((text) => `cannot tell: ${text}`),
    ...gaps.map((text) => `lifecycle gap: ${text}`),
    ...unverified.map((text) => `unverified: ${text}`),
    'in lifegap.yaml:',
    `  ${name}:`,
    `    connector: ${file === undefined ? name : 'http'}`,
    ...(file === undefined ? [] : [`    manifest: ${file}`]),
    ...options,
  ];
}
