import type { AppConfig, Config, LogConfig, SourceConfig } from '../../../model/config.js';
import { SourceError } from '../../../model/errors.js';
import { remarksOfOnePage } from '../../../model/one-page.js';
import { isObject } from '../../../model/parsed.js';
import { manifestOf } from '../../../manifest/form/catalogue.js';
import { LOG_SECTIONS, type LogForm } from '../../../manifest/form/log.js';
import type { Manifest } from '../../../manifest/form/schema.js';
import { manifestLog } from '../../../manifest/log/source.js';
import { wordPaths } from '../../../manifest/mapping/words.js';
import type { SourceContext } from '../../../contract/system.js';
import { renderTrial, type Trial } from '../../../report/connector-trial.js';
import { visible } from '../../../report/escape.js';
import type { Io } from '../../io.js';
import { widthOf } from '../../style.js';

/** Which logs are tried, and by which manifest. */
export interface Asked {
  readonly config: LogConfig;
  readonly manifest: Manifest;
}

/** What the config says of the logs of this entry; with `--log`, also those that its manifest knows of. `tried`: the manifest that is tried in place of its own. */
export function logsOf(
  config: Config,
  entry: SourceConfig | AppConfig,
  tried: Manifest,
  { isApp, all, assigned }: { readonly isApp: boolean; readonly all: boolean; readonly assigned: string | undefined },
): readonly Asked[] {
  const named = 'logs' in entry ? (entry.logs ?? []) : [];
  const given = named
    .filter(({ connector }) => connector !== 'file')
    .map((log) => ({ config: log, manifest: log.which === 'own' ? tried : manifestOf(log) }));
  const own: LogConfig = { ...entry, fields: {}, of: isApp ? 'app' : entry.name, which: 'own' };
  const isNamed = isApp
    ? named.some(({ which }) => which === 'own')
    : config.directory.some(({ name, log }) => name === entry.name && log === true);
  const isRead = tried.log !== undefined && (isApp ? all && !isNamed : all || isNamed);
  const pushed = tried.pushes !== undefined && all && assigned !== undefined;
  return [
    ...given,
    ...(isRead ? [{ config: own, manifest: tried }] : []),
    ...(pushed ? [{ config: { ...own, of: entry.name, which: 'pushes' as const, app: assigned }, manifest: tried }] : []),
  ];
}

/** One page of a log, its entries beside their records. False: it could not be read. */
export async function tryLog({ config, manifest }: Asked, window: number, context: SourceContext, io: Io): Promise<boolean> {
  const form = manifest[LOG_SECTIONS[config.which]];
  const title = config.which === 'own' ? `The log of ${manifest.title}` : `What ${config.name} pushed into ${config.app ?? 'the app'}`;
  const log = manifestLog(config, context, manifest);
  const rows: { readonly row: object; readonly record: unknown }[] = [];
  try {
    const now = io.now();
    const pages = log.pull({
      signal: io.signal,
      firstPagesOnly: true,
      window: { since: now - window, until: now },
      onRaw: (record, row) => {
        if (isObject(row)) rows.push({ record, row });
      },
    });
    let step = await pages.next();
    while (step.done !== true) step = await pages.next();
    const { declaredTotal, pages: read } = step.value;
    const trial: Trial = {
      title,
      word: 'action',
      rows,
      declared: form === undefined ? [] : namesIn(form, config),
      statusPaths: form === undefined ? [] : wordPaths(form.action),
      declaredTotal,
      pages: read,
      remarks: remarksOfOnePage(step.value),
      redact: context.redact,
    };
    io.stdout.write(renderTrial(trial, widthOf(io)));
    return true;
  } catch (error) {
    if (!(error instanceof SourceError) || error.fault === 'aborted') throw error;
    io.stdout.write(`${visible(title)}: ${visible(context.redact(error.message))}\n`);
    return false;
  } finally {
    await log.close?.();
  }
}

/** The names under which the fields of a log come. */
function namesIn({ fields, outcome, by }: LogForm, { which, of }: LogConfig): string[] {
  const isOfPeople = which === 'own' && of !== 'app';
  const people: Readonly<Record<string, string>> = { accountId: 'personId', userName: 'personUserName', email: 'personEmail' };
  return [
    ...Object.keys(fields).map((name) => (isOfPeople ? (people[name] ?? name) : name)),
    'action',
    ...(outcome === undefined ? [] : ['outcome']),
    ...(by === undefined ? [] : ['by']),
  ];
}
