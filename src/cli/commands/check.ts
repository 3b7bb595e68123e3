import { EXIT } from '../../model/errors.js';
import { APP, COLOR, command, CONFIG, VERBOSE } from '../flags.js';

/** 0 when every source and log answered, and every provider about its apps; 4 when one did not. */
export const check = command({
  usage: 'check',
  says: 'validate the config, resolve its secrets, read the beginning of every source and log, and show what each can and cannot tell',
  heading: 'Begin:',
  examples: ['lifegap check', 'lifegap check --app crm'],
  flags: {
    config: CONFIG,
    app: { ...APP, says: 'check this app only (and the directory); repeatable' },
    verbose: VERBOSE,
    color: COLOR,
  },
  run: async ({ given, io }) => {
    const [{ checkSources }, { renderChecks }, { openSession }, { stdoutMedium }] = await Promise.all([
      import('../../audit/check.js'),
      import('../../report/check.js'),
      import('../session.js'),
      import('../style.js'),
    ]);
    const { config: load, reading } = openSession(given, io);
    const config = await load();
    const checks = await reading((told) => checkSources(config, { ...told, samples: given.verbose === true }));
    io.stdout.write(renderChecks(config.path, checks, stdoutMedium(io, given), config.redact));
    const errors = checks.flatMap(({ error, assigned, logs = [] }) => [error, assigned?.error ?? null, ...logs.map((log) => log.error)]);
    return errors.some((error) => error !== null) ? EXIT.source : EXIT.clean;
  },
});
