import { catalogueManifest, catalogueNames } from '../../../manifest/form/catalogue.js';
import { DATABASE_LOGINS, type DatabaseLogins } from '../../../manifest/database-logins.js';
import { factsOf } from '../../../manifest/form/facts.js';
import { credentialLists } from '../../../manifest/form/credentials.js';
import type { Manifest } from '../../../manifest/form/schema.js';

/** What holds of so many systems that the page says it once, above them. The manifests keep it: `connectors show` prints one alone. */
const EVERYWHERE = {
  hides: ['deleted users'],
  mute: ['when an account was created', 'when an account was last used', 'when an account was deactivated'],
  gaps: ['SAML just-in-time creates accounts and never removes them'],
  unverified: ['rate limits', 'Retry-After with 429', 'the largest page'],
} as const;

/** The catalogue as a page of Markdown (docs/connectors.md): all of it comes from the manifests. */
export function connectorsPage(): string {
  const all = catalogueNames().map((name) => catalogueManifest(name));
  const lines = [
    '# The catalogue',
    '',
    `lifegap reads the users of these ${all.length} systems. Find yours in the tables: the word behind its name is its \`connector\`.`,
    'Click the name to see what it needs, what it leaves out, and which lifecycle gaps are known.',
    '',
    '```',
    'lifegap init --app github --directory okta     # writes a config to fill in',
    'lifegap connectors test github --app github    # reads two pages of it, and shows what maps',
    'lifegap connectors                             # these tables, with the form of auth',
    '```',
    '',
    'Your system is not here? [Add it](add-an-app.md) with a short YAML file.',
    '',
    '| column | meaning |',
    '|---|---|',
    '| leavers | `listed`: leavers are in the list, with a status. `hidden`: they are left out. `gone`: they are removed |',
    '| tells | `status`: whether an account is on. Without it, every listed account has access |',
    '| | dates: `created`, `last login`, `end` (left or deactivated). `keys`: live API keys and tokens. `assigned`: [who is assigned to which app](assignments.md) |',
    '| | `log`: what was done to its accounts, and when. `pushes`: what an identity provider pushed into which app ([logs](manifest.md#log-pushes)) |',
    '| checked | how well the facts of this page were checked |',
    '',
    ...(['directory', 'app'] as const).flatMap((kind) => [
      kind === 'directory' ? '## Directories and HR systems' : '## Apps',
      '',
      ...table(['system', 'leavers', 'tells', 'checked'], all.filter((manifest) => manifest.kind === kind).map(facts)),
      '',
    ]),
    '## Logins of databases',
    '',
    'The roles and users that a database itself has, read by [connector `sql`](sources/sql.md#logins-of-the-database-itself).',
    '',
    ...table(
      ['system', 'leavers', 'tells', 'checked'],
      Object.entries(DATABASE_LOGINS).map(([name, { title, leavers }]) => [
        `[${title}](#${anchor(title)}) \`${name}\``,
        leavers,
        'status',
        'high',
      ]),
    ),
    '',
    '## System by system',
    '',
    '- **Needs**: the least that the credential must be allowed.',
    `- **Unlisted**: who or what the list leaves out. Usually also: ${EVERYWHERE.hides.join(', ')}.`,
    `- **Untold**: what no row says. Where \`tells\` lacks the date, also: ${EVERYWHERE.mute.join(', ')}. The vendor's audit log often knows.`,
    '- **Gaps**: where people slip through, even when everything is set up right.',
    `  Wherever it is offered, ${EVERYWHERE.gaps.join(', ')}.`,
    '- **Log**: how long entries are kept, what they do not tell, and what nobody has tried ([logs](manifest.md#log-pushes)).',
    "- **Built in**: the vendor's own accounts, which are *protected* ([verdicts.md](verdicts.md#whose-account-is-it)).",
    `- **Unchecked**: what nobody has tried on the real system. At many: ${EVERYWHERE.unverified.join(', ')}.`,
    '',
    ...all.flatMap(section),
    ...Object.values(DATABASE_LOGINS).flatMap(loginsSection),
    '## Where this page comes from',
    '',
    'From the manifests in [src/connectors](../src/connectors), by `npm run docs`. Each names its sources under `sources`.',
    '`lifegap connectors show NAME` prints one, as a start for your own ([manifest.md](manifest.md)).',
  ];
  return `${lines.join('\n')}\n`;
}

function facts(manifest: Manifest): string[] {
  const { status, leavers, created, lastLogin, ended, credentials, assignments, log, pushes, confidence } = factsOf(manifest);
  const tells = {
    status: status === 'told',
    created,
    'last login': lastLogin,
    end: ended,
    keys: credentials,
    assigned: assignments,
    log,
    pushes,
  };
  const told = Object.entries(tells).flatMap(([what, yes]) => (yes ? [what] : []));
  return [`[${manifest.title}](#${anchor(manifest.title)}) \`${manifest.name}\``, leavers, told.join(', '), confidence];
}

function section(manifest: Manifest): string[] {
  const rules = [manifest.built_in, ...(manifest.passes ?? []).map((pass) => pass.built_in)].flatMap((one) => one ?? []);
  return [
    `### ${manifest.title}`,
    '',
    ...item('Needs', permissions(manifest)),
    ...item('Unlisted', without(EVERYWHERE.hides, manifest.hides)),
    ...item('Untold', without(EVERYWHERE.mute, manifest.cannot_tell)),
    ...item('Gaps', without(EVERYWHERE.gaps, manifest.gaps)),
    ...item('Built in', [...new Set(rules.map(({ why }) => why))]),
    ...(['log', 'pushes'] as const).flatMap((key) => logItem(key === 'log' ? 'Log' : 'Log of pushes', manifest[key])),
    ...item('Unchecked', without(EVERYWHERE.unverified, manifest.unverified)),
    '',
  ];
}

function loginsSection({ title, permission, hides, cannotTell, gaps }: DatabaseLogins): string[] {
  const said = [
    item('Needs', [permission]),
    item('Unlisted', hides),
    item('Untold', without(EVERYWHERE.mute, cannotTell)),
    item('Gaps', gaps),
  ];
  return [`### ${title}`, '', ...said.flat(), ''];
}

function permissions({ permission, credentials, assignments, provisioning, log, pushes }: Manifest): string[] {
  const forKeys = credentialLists(credentials).flatMap((list) => (list.permission === undefined ? [] : [`for keys: ${list.permission}`]));
  const forApps = [
    ...(assignments === undefined ? [] : [`for assignments: ${assignments.permission}`]),
    ...(provisioning === undefined ? [] : [`for provisioning settings: ${provisioning.permission}`]),
  ];
  const forLogs = [
    ...(log === undefined ? [] : [`for its log: ${log.permission}`]),
    ...(pushes === undefined ? [] : [`for its log of pushes: ${pushes.permission}`]),
  ];
  return [permission, ...forKeys, ...forApps, ...forLogs];
}

/** What a log tells, how far back, and what it does not. */
function logItem(label: string, form: Manifest['log']): string[] {
  if (form === undefined) return [];
  const { retention_days: days, hides = [], unverified = [] } = form;
  return item(label, [
    ...(days === undefined ? [] : [`kept for ${days} days`]),
    ...hides.map((text) => `does not tell ${text}`),
    ...(unverified.length === 0 ? [] : [`unchecked: ${unverified.join('; ')}`]),
  ]);
}

function without(said: readonly string[], sentences: readonly string[] = []): string[] {
  return sentences.filter((sentence) => !said.includes(sentence));
}

/** Nothing to say makes no line. */
function item(label: string, sentences: readonly string[] | undefined): string[] {
  return sentences === undefined || sentences.length === 0 ? [] : [`- **${label}**: ${oneLine(sentences.join('; '))}`];
}

/** The anchor that GitHub gives to a heading. */
function anchor(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const cells = rows.map((row) => `| ${row.map((cell) => oneLine(cell).replaceAll('|', '\\|')).join(' | ')} |`);
  return [`| ${head.join(' | ')} |`, `|${head.map(() => '---').join('|')}|`, ...cells];
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ');
}
