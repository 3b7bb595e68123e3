import { EXIT } from '../../model/errors.js';
import type { CommandModule, Io } from '../io.js';

/** Where `connectors test` gets its settings from; without any of them nothing is read. */
export interface LiveFlags {
  readonly app?: string;
  readonly directory?: string;
  readonly config?: string;
  readonly param?: string[];
  /** An app as the identity provider calls it. */
  readonly assigned?: string;
  readonly verbose?: boolean;
}

export const register: CommandModule['register'] = (program, io, done) => {
  const connectors = program
    .command('connectors')
    .description('list the systems of the catalogue, and which lifecycle facts each can tell')
    .option('--markdown', 'as a page of Markdown, with permissions and known lifecycle gaps (docs/connectors.md)')
    .action(async (flags: { readonly markdown?: boolean }) => {
      if (flags.markdown !== true) return done((await import('../connectors.js')).listConnectors(io));
      io.stdout.write((await import('../connectors-page.js')).connectorsPage());
      done(EXIT.clean);
    });
  // People type it; with nothing after it, `connectors` does the same.
  connectors
    .command('list')
    .description('list the systems of the catalogue, as `lifegap connectors` does')
    .action(async () => done((await import('../connectors.js')).listConnectors(io)));
  connectors
    .command('show <name>')
    .description('print a manifest, ready to copy and edit')
    .action(async (name: string) => done((await import('../connectors.js')).showConnector(name, io)));
  connectors
    .command('test [name-or-file]')
    .description(
      'validate a manifest, and say what it asks for and what it can tell; with --app, --directory or --param, read two pages and show rows beside their records (with --app: of its `assigned`, too)',
    )
    .option('-a, --app <name>', 'read with the settings of this app of the config; without a name or file, by its own manifest')
    .option('-d, --directory <name>', 'read with the settings of this directory of the config; without a name or file, by its own manifest')
    .option('-c, --config <file>', 'the config; default: lifegap.yaml, looked for upward from here')
    .option(
      '-p, --param <key=value>',
      "a setting, in place of a config; a secret as 'token=${env:NAME}'; repeatable",
      (value: string, all: string[] | undefined) => [...(all ?? []), value],
    )
    .option('--assigned <app>', 'of an identity provider: also read one page of who is assigned to this app, and its provisioning settings')
    .option('-v, --verbose', 'one line for every request')
    .action(async (which: string | undefined, flags: LiveFlags) => done(await testConnector(which, flags, io)));
};

async function testConnector(which: string | undefined, flags: LiveFlags, io: Io): Promise<number> {
  const isLive = [flags.app, flags.directory, flags.param, flags.config, flags.assigned].some((flag) => flag !== undefined);
  if (!isLive) return (await import('../connectors.js')).testConnector(which, io);
  return (await import('../connectors-live.js')).testLive(which, flags, io);
}
