import { catalogueManifest, catalogueNames } from '../manifest/form/catalogue.js';
import { factsOf } from '../manifest/form/facts.js';
import { credentialLists } from '../manifest/form/credentials.js';
import type { Manifest } from '../manifest/form/schema.js';

/** The catalogue as a page of Markdown (docs/connectors.md): all of it comes from the manifests. */
export function connectorsPage(): string {
  const all = catalogueNames().map((name) => catalogueManifest(name));
  const gaps = all.flatMap((manifest) => (manifest.gaps ?? []).map((gap) => [link(manifest), gap]));
  const builtIn = all.flatMap((manifest) => {
    const rules = [manifest.built_in, ...(manifest.passes ?? []).map((pass) => pass.built_in)].flatMap((one) => one ?? []);
    return rules.length === 0 ? [] : [[link(manifest), [...new Set(rules.map(({ why }) => why))].join('; ')]];
  });
  const unverified = all.flatMap((manifest) => (manifest.unverified ?? []).map((what) => [link(manifest), what]));
  const lines = [
    '# The catalogue',
    '',
    `${all.length} systems whose users lifegap reads over HTTP, each by a manifest of its own in [src/connectors](../src/connectors). This page is made of those`,
    'files by `npm run docs`; `lifegap connectors` prints the same table, `lifegap connectors show NAME` a manifest to copy, and',
    '`lifegap init --app NAME` a config to fill in. For a system that is not here, [manifest.md](manifest.md) shows how to add one.',
    '',
    '`leavers`: *listed* with a status that says so, *hidden* (left out), or *gone* (removed: whoever is listed has access). `status`: *told* by',
    'each row, or *presence*. `keys`: live API keys and tokens of the accounts. `assigned`: [who is assigned to which app](assignments.md). `confidence` says how well the facts were checked; what nobody',
    'has checked stands at the end of this page.',
    '',
    ...(['directory', 'app'] as const).flatMap((kind) => [
      kind === 'directory' ? '## Directories and HR systems' : '## Apps',
      '',
      ...table(
        ['system', 'connector', 'auth', 'status', 'leavers', 'created', 'last login', 'end', 'keys', 'assigned', 'confidence'],
        all.filter((manifest) => manifest.kind === kind).map(facts),
      ),
      '',
    ]),
    '## What each needs, and what its list leaves out',
    '',
    ...table(
      ['system', 'permission', 'hidden', 'cannot be told'],
      all.map((manifest) => [link(manifest), permissionOf(manifest), listed(manifest.hides), listed(manifest.cannot_tell)]),
    ),
    '',
    "## The vendors' own accounts",
    '',
    "Told apart by what the vendor alone can give an account, counted as protected, and nobody's orphans ([verdicts.md](verdicts.md#whose-account-is-it)).",
    '',
    ...table(['system', 'accounts'], builtIn),
    '',
    '## Lifecycle gaps known',
    '',
    'What the vendor itself says, or what is known of it: where joiners, movers and leavers fall through even when everything is set up right.',
    '',
    ...table(['system', 'gap'], gaps),
    '',
    '## Not verified yet',
    '',
    'Facts that the manifests rest on and that nobody has checked against the real system. `lifegap connectors test NAME --app NAME` shows how they hold on yours.',
    '',
    ...table(['system', 'what'], unverified),
    '',
    '## Sources',
    '',
    ...table(
      ['system', 'sources'],
      all.map((manifest) => [link(manifest), listed(manifest.sources)]),
    ),
  ];
  return `${lines.join('\n')}\n`;
}

function facts(manifest: Manifest): string[] {
  const { auth, status, leavers, created, lastLogin, ended, credentials, assignments, confidence } = factsOf(manifest);
  const yes = (told: boolean): string => (told ? 'yes' : '');
  return [
    manifest.title,
    `[\`${manifest.name}\`](../src/connectors/${manifest.name}.yaml)`,
    auth,
    status,
    leavers,
    yes(created),
    yes(lastLogin),
    yes(ended),
    yes(credentials),
    yes(assignments),
    confidence,
  ];
}

function link({ title, name }: Manifest): string {
  return `[${title}](../src/connectors/${name}.yaml)`;
}

function permissionOf({ permission, credentials, assignments, provisioning }: Manifest): string {
  const forKeys = credentialLists(credentials).flatMap((list) => (list.permission === undefined ? [] : [`for keys: ${list.permission}`]));
  const forApps = [
    ...(assignments === undefined ? [] : [`for assignments: ${assignments.permission}`]),
    ...(provisioning === undefined ? [] : [`for provisioning settings: ${provisioning.permission}`]),
  ];
  return [permission, ...forKeys, ...forApps].join('; ');
}

function listed(sentences: readonly string[] | undefined): string {
  return (sentences ?? []).join('; ');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const cells = rows.map((row) => `| ${row.map((cell) => cell.replace(/\s+/g, ' ').replaceAll('|', '\\|')).join(' | ')} |`);
  return [`| ${head.join(' | ')} |`, `|${head.map(() => '---').join('|')}|`, ...cells];
}
