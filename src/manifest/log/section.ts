import type { LogConfig, SourceConfig } from '../../model/config.js';
import { UsageError } from '../../model/errors.js';
import { LOG_SECTIONS, type LogForm } from '../form/log.js';
import { paramValues } from '../form/params.js';
import type { Manifest } from '../form/schema.js';
import { fill, namesIn } from '../form/template.js';

/** The part of a manifest that the config asks for. @throws {UsageError} where there is none, or where it lacks the app or a parameter */
export function sectionOf({ name, which, app, options }: LogConfig, manifest: Manifest): LogForm {
  const form = manifest[LOG_SECTIONS[which]];
  if (form === undefined)
    throw new UsageError(
      which === 'own'
        ? `${name}: ${manifest.title} has no log that lifegap can read; name a file with an export of it`
        : `${name}: ${manifest.title} tells nothing of what it pushes into apps; name a file with an export of its log`,
    );
  const named = namesIn(JSON.stringify([form.request, form.base_url ?? '', form.auth ?? '']));
  // Without it, what was pushed into other apps would be taken for this one's.
  if (app === undefined && named.includes('app')) throw new UsageError(`${name}: say which app, as ${manifest.title} calls it: app: …`);
  const values = paramValues(name, manifest, options);
  // What the list does without, its log may, too: the session of keys that have none.
  const spare = new Set(namesIn(JSON.stringify(manifest.auth)));
  const missing = namesIn(JSON.stringify(form.auth ?? '')).find(
    (param) => Object.hasOwn(values, param) && values[param] === undefined && !spare.has(param),
  );
  if (missing !== undefined) throw new UsageError(`${name}: ${missing} is missing; the log of ${manifest.title} needs it`);
  return form;
}

/** The manifest and its config as those of the log: address and credential may be others than those of the list. */
export function asLog(
  config: SourceConfig,
  manifest: Manifest,
  form: LogForm,
): { readonly config: SourceConfig; readonly manifest: Manifest } {
  const { base_url: base = manifest.base_url, auth = manifest.auth, errors = [] } = form;
  const ok = form.base_url === undefined ? manifest.ok : form.ok;
  return {
    config: form.base_url === undefined ? config : { ...config, options: movedTo(form.base_url, config, manifest) },
    manifest: { ...manifest, base_url: base, auth, ok, errors: [...errors, ...(manifest.errors ?? [])] },
  };
}

/** Whoever has the system stand elsewhere has its log stand there, too. */
function movedTo(base: string, { name, options }: SourceConfig, manifest: Manifest): SourceConfig['options'] {
  const { base_url: moved } = options;
  const own = fill(base, paramValues(name, manifest, options));
  if (typeof moved !== 'string' || !URL.canParse(moved) || own === undefined || !URL.canParse(own)) return options;
  const { pathname } = new URL(own);
  return { ...options, base_url: new URL(pathname, moved).href.replace(/\/$/, '') };
}
