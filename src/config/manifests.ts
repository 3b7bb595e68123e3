import path from 'node:path';
import { z } from 'zod';
import { UsageError } from '../model/errors.js';
import { catalogueManifest, catalogueNames, manifestFile } from '../manifest/form/catalogue.js';
import { isDatabaseLogins } from '../manifest/database-logins.js';
import { compilePattern } from '../manifest/form/pattern.js';
import type { Manifest } from '../manifest/form/schema.js';
import { explain, report } from '../yaml/explain.js';
import type { Mistakes, Path } from '../yaml/mistakes.js';
import { duration, secret, text } from './scalars.js';
import type { ConnectorOptions } from './connector-options.js';

/** Options that every system behind a manifest has. */
const shared = {
  base_url: text.optional().describe("In place of the manifest's"),
  token_url: text.optional().describe("In place of the manifest's, where it fetches a token"),
  ca_file: text.optional().describe('PEM; trusted beside the built-in roots'),
  timeout: duration.optional().describe('Longest time of one request'),
  credentials: z.boolean().optional().describe('Read live keys and tokens, too, where the manifest knows how; default true'),
};

/** The parameters that a manifest declares, as options of lifegap.yaml. */
function paramShape({ params, name: connector }: Manifest): z.ZodRawShape {
  return Object.fromEntries(
    Object.entries(params).map(([name, { secret: isSecret, pattern, optional, default: fallback, describe }]) => {
      const matching = pattern === undefined ? text : text.refine(matches(pattern), `does not look as ${connector} has it (${pattern})`);
      const value: z.ZodType = isSecret === true ? secret : z.union([matching, z.int()], 'expected text');
      const described = describe === undefined ? value : value.describe(describe);
      return [name, optional === true || fallback !== undefined ? described.optional() : described];
    }),
  );
}

/** Is a source of this connector read by a manifest: one of the catalogue, or one of the user's own? */
export function hasManifest(connector: string): boolean {
  return !['file', 'ldap', 'scim', 'sql', 'unix'].includes(connector) && !isDatabaseLogins(connector);
}

/** May this connector know who is assigned to which app? Of `http`, only its manifest can tell. */
export function tellsAssignments(connector: string): boolean {
  if (connector === 'http') return true;
  if (!catalogueNames().includes(connector)) return hasManifest(connector);
  const { assignments, provisioning } = catalogueManifest(connector);
  return (assignments ?? provisioning) !== undefined;
}

/** Has this connector a log: its own (`log` of its manifest), or one of what it pushes into apps (`pushes`)? Of `http`, only its manifest can tell; `ldap` has the former. */
export function tellsLog(connector: string, which: 'own' | 'pushes', manifest?: string): boolean {
  if (connector === 'ldap') return which === 'own';
  const section = which === 'own' ? 'log' : 'pushes';
  if (manifest !== undefined) return Object.hasOwn(manifestFile(manifest), section);
  if (!catalogueNames().includes(connector)) return hasManifest(connector);
  return Object.hasOwn(catalogueManifest(connector), section);
}

/** A value with a reference in it is matched when it is resolved. */
function matches(pattern: string): (value: string) => boolean {
  const whole = compilePattern(pattern);
  return (value) => value.includes('${') || whole(value);
}

/** `connector: slack`: read when somebody asks for it. */
export function catalogueOptions(): Record<string, ConnectorOptions> {
  const options: Record<string, ConnectorOptions> = {};
  for (const name of catalogueNames()) {
    let known: ConnectorOptions | undefined;
    const get = (): ConnectorOptions => (known ??= { shape: { ...paramShape(catalogueManifest(name)), ...shared }, paths: ['ca_file'] });
    Object.defineProperty(options, name, { get, enumerable: true });
  }
  return options;
}

/** `connector: http`: the parameters stand in the manifest, so they are checked once its path is known. */
export const http: ConnectorOptions = {
  shape: { manifest: text.describe('A manifest of your own (docs/manifest.md)'), ...shared },
  open: true,
  paths: ['manifest', 'ca_file'],
  later: (parsed, dir, at, mistakes) => {
    const manifest = readManifest(String(parsed.manifest), dir, at, mistakes);
    if (manifest === undefined) return parsed;
    const own = Object.fromEntries(Object.entries(parsed).filter(([key]) => !(key in http.shape)));
    const result = z.strictObject(paramShape(manifest)).safeParse(own, { error: explain });
    if (!result.success) report(result.error.issues, at, mistakes);
    return { ...parsed, ...result.data };
  },
};

function readManifest(file: string, dir: string, at: Path, mistakes: Mistakes): Manifest | undefined {
  try {
    return manifestFile(path.resolve(dir, file), file);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const [head = '', ...lines] = error.message.split('\n');
    for (const line of lines.length > 0 ? lines : [head]) mistakes.at([...at, 'manifest'], line);
    return undefined;
  }
}
