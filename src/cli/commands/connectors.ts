import { command, CONFIG, text, texts, VERBOSE, yes } from '../flags.js';

// People type it; with nothing after it, `connectors` does the same.
const list = command({
  usage: 'list',
  says: 'list the systems of the catalogue, as `lifegap connectors` does',
  run: async ({ io }) => (await import('./connectors/list.js')).listConnectors(io),
});

const show = command({
  usage: 'show <name>',
  says: 'print a manifest, ready to copy and edit',
  examples: ['lifegap connectors show slack > slack.yaml'],
  run: async ({ io }, name: string) => (await import('./connectors/show.js')).showConnector(name, io),
});

const test = command({
  usage: 'test [name-or-file]',
  says: 'validate a manifest, and say what it asks for and what it can tell; with --app, --directory or --param, read two pages and show rows beside their records (with --app: of its `assigned`, too)',
  examples: [
    'lifegap connectors test ./my.yaml',
    "lifegap connectors test ./my.yaml --param url=https://git.corp.example --param 'token=${env:GIT_TOKEN}'",
    'lifegap connectors test --app crm',
    'lifegap connectors test okta --directory corp-okta --assigned 0oa1b2c3d4',
  ],
  flags: {
    app: text({
      usage: '-a, --app <name>',
      says: 'read with the settings of this app of the config; without a name or file, by its own manifest',
    }),
    directory: text({
      usage: '-d, --directory <name>',
      says: 'read with the settings of this directory of the config; without a name or file, by its own manifest',
    }),
    config: CONFIG,
    param: texts({
      usage: '-p, --param <key=value>',
      says: "a setting, in place of a config; a secret as 'token=${env:NAME}'; repeatable",
    }),
    assigned: text({
      usage: '--assigned <app>',
      says: 'of an identity provider: also read one page of who is assigned to this app, and its provisioning settings',
    }),
    log: yes({
      usage: '--log',
      says: 'also read one page of its log (with --assigned: of what it pushed into that app, too); what the config names under log is read anyway',
    }),
    verbose: VERBOSE,
  },
  run: async ({ given, io }, which?: string) => {
    const { app, directory, param, config, assigned, log } = given;
    const isLive = [app, directory, param, config, assigned, log].some((flag) => flag !== undefined);
    if (!isLive) return (await import('./connectors/show.js')).testConnector(which, io);
    return (await import('./connectors/live.js')).testLive(which, given, io);
  },
});

export const connectors = command({
  usage: 'connectors',
  says: 'list the systems of the catalogue, and which lifecycle facts each can tell',
  heading: 'Look up:',
  examples: ['lifegap connectors', 'lifegap connectors show slack > slack.yaml', 'lifegap connectors test --app crm'],
  flags: {
    markdown: yes({ usage: '--markdown', says: 'as a page of Markdown, with permissions and known lifecycle gaps (docs/connectors.md)' }),
  },
  commands: [list, show, test],
  run: async ({ given, io }) => {
    if (given.markdown === true) io.stdout.write((await import('./connectors/page.js')).connectorsPage());
    else (await import('./connectors/list.js')).listConnectors(io);
  },
});
