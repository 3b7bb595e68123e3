import path from 'node:path';
import type { Config, SourceConfig } from '../../../model/config.js';
import { hasManifest } from '../../../config/manifests.js';
import { EXIT, UsageError } from '../../../model/errors.js';
import { remarksOfOnePage } from '../../../model/one-page.js';
import { manifestOf } from '../../../manifest/form/catalogue.js';
import { manifestProvider } from '../../../manifest/provider/provider.js';
import { manifestSource } from '../../../manifest/source.js';
import { normalName } from '../../../manifest/mapping/rows.js';
import type { Manifest } from '../../../manifest/form/schema.js';
import type { Role } from '../../../model/role.js';
import { wordPaths } from '../../../manifest/mapping/words.js';
import type { SourceContext } from '../../../contract/system.js';
import { visible } from '../../../report/escape.js';
import { provisioningLines } from '../../../report/assigned.js';
import { renderTrial, type Trial } from '../../../report/connector-trial.js';
import type { Io } from '../../io.js';
import { openSession, type Session } from '../../session.js';
import { widthOf } from '../../style.js';
import { logsOf, tryLog } from './live-log.js';
import { findManifest } from './show.js';

/** Where the settings come from. */
interface LiveFlags {
  readonly app?: string;
  readonly directory?: string;
  readonly config?: string;
  readonly param?: readonly string[];
  /** An app as the identity provider calls it. */
  readonly assigned?: string;
  /** Its log, too, whether the config names it or not. */
  readonly log?: true;
  readonly verbose?: true;
}

/** `lifegap connectors test [NAME|FILE] --app NAME`: two pages, the rows beside their records, and what did not map. */
export async function testLive(which: string | undefined, flags: LiveFlags, io: Io): Promise<number> {
  const named = which === undefined ? undefined : findManifest(which, io.cwd());
  const given = [flags.app, flags.directory, flags.param].filter((flag) => flag !== undefined).length;
  if (given !== 1)
    throw new UsageError('name one of --app and --directory, or give settings with --param: where shall the page be read from?');
  const { app, ...rest } = flags;
  const { say, ...session } = openSession({ ...rest, ...(app === undefined ? {} : { app: [app] }) }, io);
  const config =
    flags.param === undefined
      ? await session.config(app === undefined ? { only: { directory: true } } : {})
      : await fromParams(which, named, flags.param, session, io);
  const entry = flags.directory === undefined ? config.apps[0] : config.directory.find(({ name }) => name === flags.directory);
  if (entry === undefined) {
    const names = config.directory.map(({ name }) => visible(name)).join(', ');
    throw new UsageError(`--directory: the config has no directory ${visible(flags.directory ?? '')}. Known: ${names}`);
  }
  const manifest = manifestFor(entry, named, flags);
  const role: Role =
    flags.app !== undefined ? 'account' : flags.directory !== undefined || manifest.kind === 'directory' ? 'person' : 'account';
  if (flags.assigned !== undefined && (manifest.assignments ?? manifest.provisioning ?? manifest.pushes) === undefined)
    throw new UsageError(`--assigned: ${visible(manifest.title)} tells nothing of the apps that people are assigned to`);
  if (flags.log === true && manifest.log === undefined && manifest.pushes === undefined)
    throw new UsageError(`--log: ${visible(manifest.title)} has no log that lifegap can read`);
  const context = { redact: config.redact, env: io.env, pageConcurrency: 1, ...(flags.verbose === true ? { trace: say } : {}) };
  const trial = await readPage(role, entry, manifest, context, io.signal);
  io.stdout.write(renderTrial(trial, widthOf(io)));
  const asked = flags.assigned === undefined ? assignedIn(config, flags) : { app: flags.assigned, entry, manifest };
  if (asked === undefined && manifest.assignments !== undefined && role === 'person')
    io.stdout.write('it also tells who is assigned to an app: --assigned APP reads one page of that\n');
  const isRead = asked === undefined || (await tryAssigned(asked, context, io));
  let isTold = true;
  const logs = logsOf(config, entry, manifest, {
    isApp: flags.directory === undefined && role === 'account',
    all: flags.log === true,
    assigned: flags.assigned,
  });
  for (const log of logs) isTold = (await tryLog(log, config.policy.window, context, io)) && isTold;
  return isRead && isTold ? (trial.rows.length === 0 ? EXIT.inconclusive : EXIT.clean) : EXIT.source;
}

/** The manifest that is tried with the settings of this entry; without a name, its own. A token goes only to the system that it is for. */
function manifestFor(entry: SourceConfig, named: ReturnType<typeof findManifest> | undefined, flags: LiveFlags): Manifest {
  const { name, connector } = entry;
  const flag = flags.app === undefined ? '--directory' : '--app';
  if (!hasManifest(connector))
    throw new UsageError(
      `${flag}: ${visible(name)} is read by ${connector}, which has no manifest; \`lifegap check\` reads two pages of it`,
    );
  if (named === undefined) return manifestOf(entry);
  if (!named.isFile && named.manifest.name !== connector)
    throw new UsageError(
      `${flag}: ${visible(name)} is read by ${connector}, so its credentials are not for ${visible(named.manifest.name)}; leave the name of the connector away, or name another entry of the config`,
    );
  return named.manifest;
}

interface Asked {
  readonly app: string;
  readonly entry: SourceConfig;
  readonly manifest: Manifest;
}

/** What `assigned` of the app in the config asks its identity provider for. */
function assignedIn(config: Config, { app: name }: LiveFlags): Asked | undefined {
  const assigned = name === undefined ? undefined : config.apps[0]?.assigned;
  const entry = config.directory.find((source) => source.name === assigned?.directory);
  return assigned === undefined || entry === undefined ? undefined : { app: assigned.app, entry, manifest: manifestOf(entry) };
}

/** One page of who is assigned to the app, and its settings. False: the assignments could not be read. */
async function tryAssigned({ app, entry, manifest }: Asked, context: SourceContext, io: Io): Promise<boolean> {
  const provider = manifestProvider(entry, context, manifest);
  const { assignments: form } = manifest;
  try {
    const rows: { readonly row: object; readonly record: unknown }[] = [];
    const list = await provider.assignments?.(app, io.signal, {
      firstPageOnly: true,
      onRaw: (record, row) => void rows.push({ record, row }),
    });
    if (form !== undefined && list !== undefined) {
      const { completeness, error } = list;
      const trial: Trial = {
        title: `Assigned to ${app} in ${entry.name}`,
        word: 'state',
        rows,
        declared: ['person', 'state', ...(form.account === undefined ? [] : ['account']), ...(form.sync === undefined ? [] : ['sync'])],
        statusPaths: form.status === undefined ? [] : wordPaths(form.status),
        declaredTotal: completeness.declaredTotal,
        pages: completeness.pages,
        remarks: [...(error === null ? [] : [error]), ...remarksOfOnePage(completeness)],
        redact: context.redact,
      };
      io.stdout.write(renderTrial(trial, widthOf(io)));
    }
    const settings = await provider.provisioning?.(app, io.signal);
    if (settings !== undefined)
      io.stdout.write(
        provisioningLines(settings)
          .map((line) => `${visible(entry.name)} ${context.redact(line)}\n`)
          .join(''),
      );
    return (list?.error ?? null) === null;
  } finally {
    await provider.close();
  }
}

async function readPage(role: Role, entry: SourceConfig, manifest: Manifest, context: SourceContext, signal: AbortSignal): Promise<Trial> {
  const source = manifestSource(role, entry, context, manifest);
  const rows: { readonly row: object; readonly record: unknown }[] = [];
  const lists = new Set<string>();
  try {
    const pages = source.pull({
      signal,
      firstPagesOnly: true,
      onRaw: (record, row, list) => {
        rows.push({ record, row: row as object });
        if (list !== undefined) lists.add(list);
      },
    });
    let step = await pages.next();
    while (step.done !== true) step = await pages.next();
    // What other passes add need not be on the page that was read.
    const passes = (manifest.passes ?? [undefined]).filter((pass) => pass?.adds !== true);
    const seen = passes.filter((pass) => pass !== undefined && lists.has(pass.name));
    const read = seen.length > 0 ? seen : passes.slice(0, 1);
    const declared = read.flatMap((pass) => {
      const fields = pass?.fields ?? manifest.fields;
      return Object.keys(fields).flatMap((name) => normalName(role, name, fields) ?? []);
    });
    return {
      title: manifest.title,
      word: role === 'person' ? 'state' : 'status',
      rows,
      declared: [...new Set([...declared, ...(role === 'account' && manifest.credentials !== undefined ? ['credentials'] : [])])],
      statusPaths: [...new Set(read.flatMap((pass) => wordPaths(pass?.status ?? manifest.status)))],
      declaredTotal: step.value.declaredTotal,
      pages: step.value.pages,
      remarks: remarksOfOnePage(step.value),
      redact: context.redact,
    };
  } finally {
    await source.close?.();
  }
}

/** The settings as the config that they would be, so that they are checked and resolved by the same rules. */
function fromParams(
  which: string | undefined,
  named: ReturnType<typeof findManifest> | undefined,
  params: readonly string[],
  session: Pick<Session, 'config'>,
  io: Io,
): Promise<Config> {
  if (which === undefined || named === undefined)
    throw new UsageError('--param: name the connector or the manifest file that the settings are for');
  const { manifest, isFile } = named;
  const entries = params.map((param) => {
    const at = param.indexOf('=');
    if (at <= 0) throw new UsageError(`--param: expected key=value, got ${visible(at < 0 ? param.slice(0, 40) : '=…')}`);
    return [param.slice(0, at), param.slice(at + 1)] as const;
  });
  const connector = isFile ? { connector: 'http', manifest: path.resolve(io.cwd(), which) } : { connector: manifest.name };
  const text = JSON.stringify({
    version: 1,
    directory: { name: 'none', connector: 'file', path: 'none.csv' },
    apps: { [manifest.name]: { ...connector, ...Object.fromEntries(entries) } },
  });
  return session.config({ path: '--param', text }).catch((error: unknown) => {
    // Line and column of a config that nobody wrote lead nowhere; the name of the setting does.
    throw error instanceof UsageError ? new UsageError(error.message.replace(/^--param:\d+:\d+ apps\.[\w-]+\.?/gm, '--param ')) : error;
  });
}
