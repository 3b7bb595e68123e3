import type { Command } from 'commander';

/** What the help of a command shows after its flags: lines that work as they stand, once the names are yours. */
const EXAMPLES: Readonly<Record<string, readonly string[]>> = {
  audit: [
    'lifegap audit',
    'lifegap audit --app crm --fail-on orphaned,coverage.delete=gap',
    'lifegap audit -f table -f html=report.html -f sarif=lifegap.sarif',
    'lifegap audit --evidence packs/2026-11 --redact',
    'lifegap audit --replay packs/2026-11 --controls all -f csv=findings.csv',
  ],
  'baseline write': ['lifegap baseline write', 'lifegap audit --baseline lifegap-baseline.json'],
  coverage: ['lifegap coverage', 'lifegap coverage --explain crm --stage delete -f csv=leavers.csv'],
  check: ['lifegap check', 'lifegap check --app crm'],
  connectors: ['lifegap connectors', 'lifegap connectors show slack > slack.yaml', 'lifegap connectors test --app crm'],
  'connectors show': ['lifegap connectors show slack > slack.yaml'],
  'connectors test': [
    'lifegap connectors test ./my.yaml',
    "lifegap connectors test ./my.yaml --param url=https://git.corp.example --param 'token=${env:GIT_TOKEN}'",
    'lifegap connectors test --app crm',
    'lifegap connectors test okta --directory corp-okta --assigned 0oa1b2c3d4',
  ],
  demo: ['lifegap demo', 'lifegap demo -f html=demo.html', 'lifegap demo --keep meridian'],
  history: ['lifegap history', 'lifegap history diff 1 last', 'lifegap history show ada@corp.example'],
  'history diff': ['lifegap history diff 1 last', 'lifegap history diff 2026-11-01 last'],
  'history show': ['lifegap history show ada@corp.example'],
  'history prune': ['lifegap history prune --older-than 400d'],
  init: ['lifegap init', 'lifegap init --app slack --app chat=mattermost --directory okta'],
  person: ['lifegap person ada@corp.example --fail-if-active', 'lifegap person ada@corp.example --replay packs/2026-11'],
  schema: ['lifegap schema > lifegap.schema.json', 'lifegap schema report'],
  verify: ['lifegap verify packs/2026-11'],
};

const COMMAND_GROUPS: Readonly<Record<string, readonly string[]>> = {
  'Begin:': ['demo', 'init', 'check'],
  'Audit:': ['audit', 'baseline', 'coverage', 'person'],
  'Look back:': ['history', 'verify'],
  'Look up:': ['connectors', 'schema'],
};

/** Of commands with many flags. A flag without a group stands under "Options". */
const FLAG_GROUPS: Readonly<Record<string, readonly string[]>> = {
  'What is read:': ['config', 'app', 'as-of', 'history', 'no-history', 'accept-shrink', 'concurrency', 'replay'],
  'What fails:': ['fail-on', 'baseline', 'new-only'],
  'The report:': ['format', 'csv-bom', 'limit', 'trials', 'controls', 'explain', 'stage', 'quiet', 'verbose', 'color', 'no-color'],
  'The evidence:': ['evidence', 'redact', 'redact-key-file', 'coarsen'],
};
const MANY = 14;

/** Gives every command its examples and groups, and every mistake on the command line a place to look. */
export function addHelp(program: Command): void {
  for (const [heading, names] of Object.entries(COMMAND_GROUPS))
    for (const name of names) program.commands.find((command) => command.name() === name)?.helpGroup(heading);
  for (const command of program.commands) addTo(command, command.name());
}

function addTo(command: Command, name: string): void {
  const examples = EXAMPLES[name];
  if (examples !== undefined) command.addHelpText('after', `\nExamples:\n${examples.map((line) => `  ${line}\n`).join('')}`);
  if (command.options.length >= MANY) {
    for (const option of command.options) {
      const [heading] = Object.entries(FLAG_GROUPS).find(([, flags]) => flags.includes((option.long ?? '').slice(2))) ?? [];
      if (heading !== undefined) option.helpGroup(heading);
    }
  }
  const { outputError } = command.configureOutput();
  command.configureOutput({
    outputError: (text, write) =>
      outputError?.(/Did you mean/.test(text) ? text : `${text.trimEnd().replace(/\.$/, '')}; see \`lifegap ${name} --help\`\n`, write),
  });
  for (const child of command.commands) addTo(child, `${name} ${child.name()}`);
}
