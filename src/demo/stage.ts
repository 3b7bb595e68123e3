import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { Dialect, DemoApp } from './apps/account.js';
import { appsOf } from './apps/index.js';
import { buildCompany } from './company.js';
import { APP_TOKEN, HR_TOKEN, servedConfig } from './config.js';
import { hrUsers } from './directory.js';
import { servedFiles, temporaryFolder, writeFiles } from './files.js';
import type { Company } from './lifecycle.js';
import { idsByHuman, scimUser } from './scim-user.js';
import { serve, type ServedSystem } from './server.js';

/** The company with its systems up and a config that reads them. */
export interface Stage {
  readonly company: Company;
  readonly apps: readonly DemoApp[];
  readonly origin: string;
  readonly configPath: string;
  /** The tokens that the config asks for, and nothing else of the environment. */
  readonly env: Readonly<Record<string, string>>;
  /** Stops the servers and removes the folder. */
  close(): Promise<void>;
}

const HR: Dialect = { paging: 'index', pageSize: 100 };

/** @throws {UsageError} where the temporary folder cannot be written */
export async function setUp(seed: number, asOf: number): Promise<Stage> {
  const company = buildCompany(seed, asOf);
  const apps = appsOf(company);
  const hrToken = randomBytes(18).toString('base64url');
  const appToken = randomBytes(18).toString('base64url');
  const hr: ServedSystem = { name: 'hr', token: hrToken, users: hrUsers(company), dialect: HR };
  const server = await serve([hr, ...apps.flatMap((app) => served(app, appToken))]);
  let dir: string | undefined;
  const close = async (): Promise<void> => {
    await server.close();
    if (dir !== undefined) await rm(dir, { recursive: true, force: true });
  };
  try {
    dir = await temporaryFolder();
    const env = { [HR_TOKEN]: hrToken, [APP_TOKEN]: appToken };
    const config = servedConfig(server.origin, apps);
    await writeFiles(dir, { 'lifegap.yaml': config, ...servedFiles(company, apps) });
    return { company, apps, origin: server.origin, configPath: path.join(dir, 'lifegap.yaml'), env, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function served(app: DemoApp, token: string): ServedSystem[] {
  const { source } = app;
  if (source.kind !== 'scim') return [];
  const { dialect } = source;
  const ids = idsByHuman(app.accounts);
  // A list that is cut off still counts everybody; an app that hides accounts does not.
  const counted = dialect.lastPlace === undefined ? app.listed : app.accounts;
  return [{ name: app.name, token, dialect, users: counted.map((account) => scimUser(account, ids, dialect)) }];
}
