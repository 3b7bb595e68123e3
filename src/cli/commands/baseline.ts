import { APP, AS_OF, command, CONFIG, QUIET, VERBOSE } from '../flags.js';

const write = command({
  usage: 'write [file]',
  says: 'audit, and write what is found (default: lifegap-baseline.json); what the file knows already keeps its date',
  examples: ['lifegap baseline write', 'lifegap audit --baseline lifegap-baseline.json'],
  flags: {
    config: CONFIG,
    app: { ...APP, says: 'audit this app only; the entries of others stay; repeatable' },
    asOf: AS_OF,
    quiet: QUIET,
    verbose: VERBOSE,
  },
  run: async ({ given, told, io }, file = 'lifegap-baseline.json') =>
    (await import('./baseline/write.js')).writeKnown(file, given, told, io),
});

export const baseline = command({
  usage: 'baseline',
  says: 'the findings that are known: a file to review, for `audit --baseline`',
  heading: 'Audit:',
  commands: [write],
});
