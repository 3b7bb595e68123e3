import { catalogueManifest, catalogueNames } from '../../../manifest/form/catalogue.js';
import { factsOf } from '../../../manifest/form/facts.js';
import { DATABASE_LOGINS } from '../../../manifest/database-logins.js';
import { EXIT } from '../../../model/errors.js';
import { columns } from '../../columns.js';
import type { Io } from '../../io.js';
import { widthOf } from '../../style.js';

const TOLD = ['created', 'last login', 'end', 'keys', 'assigned', 'log'];
const HEAD = ['name', 'kind', 'auth', 'status', 'leavers', ...TOLD, 'confidence'];

/** `lifegap connectors`: the catalogue, one system a line; where the line is short, what a system tells stands in words at its end. */
export function listConnectors(io: Io): number {
  const wide = [HEAD];
  const narrow = [['name', 'kind', 'status', 'leavers', 'also tells']];
  for (const name of catalogueNames()) {
    const manifest = catalogueManifest(name);
    const { auth, status, leavers, created, lastLogin, ended, credentials, assignments, log, pushes, confidence } = factsOf(manifest);
    const told = [created, lastLogin, ended, credentials, assignments, log || pushes];
    wide.push([name, manifest.kind, auth, status, leavers, ...told.map(yes), confidence]);
    narrow.push([name, manifest.kind, status, leavers, TOLD.filter((_, at) => told[at] === true).join(', ') || '-']);
  }
  for (const [name, { leavers }] of Object.entries(DATABASE_LOGINS)) {
    wide.push([name, 'app', 'password', 'told', leavers, ...TOLD.map(() => '-'), 'high']);
    narrow.push([name, 'app', 'told', leavers, '-']);
  }
  const text = columns(wide);
  io.stdout.write(text.indexOf('\n') <= widthOf(io) ? text : columns(narrow));
  io.stdout.write(
    '\nBesides them: file, ldap, scim, sql and unix, and http for a manifest of your own.\n`lifegap connectors show NAME` prints a manifest.\n',
  );
  return EXIT.clean;
}

const yes = (told: boolean): string => (told ? 'yes' : '-');
