import { command, text, texts, yes } from '../flags.js';

export const init = command({
  usage: 'init',
  says: 'write a commented lifegap.yaml to start from, and its schema for editors',
  argument: { usage: '[file]', says: 'where to', initially: 'lifegap.yaml' },
  heading: 'Begin:',
  examples: ['lifegap init', 'lifegap init --app slack --app chat=mattermost --directory okta'],
  flags: {
    app: texts({
      usage: '-a, --app <connector>',
      says: 'with this system of the catalogue (`lifegap connectors`), or under a name of yours: chat=slack; repeatable',
    }),
    directory: text({
      usage: '-d, --directory <connector>',
      says: 'with this directory: a system of the catalogue, ldap, scim or file; default ldap',
    }),
    force: yes({ usage: '--force', says: 'overwrite what is there' }),
  },
  run: async ({ given: { app, directory, force }, io }, file: string) => {
    const [{ chosenStarter, STARTER }, { writeStarter }] = await Promise.all([
      import('../../config/starter.js'),
      import('./init/write.js'),
    ]);
    const isChosen = app !== undefined || directory !== undefined;
    const starter = isChosen ? chosenStarter({ apps: app ?? ['scim'], directory }) : { text: STARTER, variables: [] };
    const written = await writeStarter(io.cwd(), file, force === true, starter.text);
    io.stdout.write(`wrote ${written.join(' and ')}\n`);
    if (starter.variables.length > 0) {
      const width = Math.max(...starter.variables.map(({ name }) => name.length));
      io.stdout.write(`set these variables (secrets never stand in the file):\n`);
      for (const { name, what } of starter.variables) io.stdout.write(`  ${name.padEnd(width)}  ${what}\n`);
    }
    io.stdout.write('next: fill it in, then `lifegap check` shows what each system can tell\n');
  },
});
