import { UsageError } from '../../model/errors.js';
import { APP, AS_OF, COLOR, command, CONFIG, QUIET, text, VERBOSE, yes } from '../flags.js';

export const person = command({
  usage: 'person',
  argument: { usage: '<who>', says: 'an e-mail address, a user name, an id or an employee number' },
  says: 'one person: the record, every account in every app, what still lets them in, and what is wrong by now',
  heading: 'Audit:',
  examples: ['lifegap person ada@corp.example --fail-if-active', 'lifegap person ada@corp.example --replay packs/2026-11'],
  flags: {
    config: CONFIG,
    app: { ...APP, says: 'look in this app only; repeatable' },
    failIfActive: yes({
      usage: '--fail-if-active',
      says: 'exit with 1 when anything still lets this person in, for offboarding runbooks',
    }),
    whole: yes({
      usage: '--whole',
      says: 'never ask by filter: read every list whole, and leave no name in an access log',
      notWithReplay: true,
    }),
    replay: text({ usage: '--replay <dir>', says: 'look into an evidence pack, without touching any system' }),
    redactKeyFile: text({
      usage: '--redact-key-file <file>',
      says: 'with --replay: the key of a redacted pack, to ask it by the real name',
      needs: ['replay', '--replay DIR, a redacted pack'],
    }),
    json: yes({ usage: '--json', says: 'the answer as JSON' }),
    asOf: AS_OF,
    quiet: { ...QUIET, says: 'no progress, no remarks' },
    verbose: VERBOSE,
    color: COLOR,
  },
  run: async ({ given, told, io }, word: string) => {
    const who = word.trim();
    if (who === '') throw new UsageError('person: expected an e-mail address, a user name, an id or an employee number');
    const [{ personExit }, { lookUp }, { jsonText }, { personTable }, { openSession }, { stdoutMedium }] = await Promise.all([
      import('../../gate/person.js'),
      import('../../person/look-up.js'),
      import('../../report/escape.js'),
      import('../../report/person.js'),
      import('../session.js'),
      import('../style.js'),
    ]);
    const { remark, ...session } = openSession(given, io);
    const live = async (): ReturnType<typeof lookUp> => {
      const config = await session.config();
      const { asOf = io.now() } = told;
      return session.reading((surroundings) => lookUp(config, who, { filters: given.whole !== true }, { ...surroundings, asOf }));
    };
    const report =
      given.replay === undefined
        ? await live()
        : await (await import('./person/replay.js')).lookUpInPack(given.replay, who, given.redactKeyFile, io);
    const ending = personExit(report, given.failIfActive === true);
    if (given.json === true) {
      io.stdout.write(`${jsonText({ ...report, exitCode: ending.exitCode, exitReason: ending.reason }, 2)}\n`);
      remark(`lifegap: exit ${ending.exitCode}: ${ending.reason}`);
    } else for (const piece of personTable(report, ending, stdoutMedium(io, given))) io.stdout.write(piece);
    return ending.exitCode;
  },
});
