import path from 'node:path';
import { EXIT, UsageError } from '../../model/errors.js';
import { command, text } from '../flags.js';

/**
 * 0 when the pack is whole and its rows give its reports, 1 when not, 2 when it is no pack, 3 when this build cannot tell of a report, unless the hash of
 * the whole pack is known: then nobody has changed it.
 */
export const verify = command({
  usage: 'verify',
  argument: { usage: '<dir>', says: 'an evidence pack, written by audit --evidence' },
  says: 'check every hash of an evidence pack, and compute its reports again from its rows, offline',
  heading: 'Look back:',
  examples: ['lifegap verify packs/2026-11'],
  flags: { hash: text({ usage: '--hash <hex>', says: 'the hash of the pack, as it was noted elsewhere' }) },
  run: async ({ given: { hash }, io }, dir: string) => {
    if (hash !== undefined && !/^[0-9a-f]{64}$/i.test(hash)) throw new UsageError(`--hash: expected 64 hexadecimal digits`);
    const [{ verifyPack }, { visible }, { asset }] = await Promise.all([
      import('../../evidence/verify.js'),
      import('../../report/escape.js'),
      import('../asset.js'),
    ]);
    const { problems, unproven, seal, files, recomputed } = await verifyPack(path.resolve(io.cwd(), dir), io.signal, asset);
    const all = [
      ...problems,
      ...(hash === undefined || hash.toLowerCase() === seal ? [] : [`the hash of the pack is ${seal}, not the one of --hash`]),
    ];
    for (const problem of all) io.stdout.write(`${visible(problem)}\n`);
    if (!recomputed) io.stdout.write('the reports were not computed again, because the pack was changed\n');
    for (const remark of unproven) io.stdout.write(`${visible(remark)}\n`);
    if (all.length > 0) return EXIT.finding;
    const which = unproven.length === 0 ? 'the same reports' : 'the other reports';
    io.stdout.write(`${files} files are as they were written, and the rows give ${which}, byte for byte\nhash of the pack: ${seal}\n`);
    if (unproven.length === 0 || hash !== undefined) return EXIT.clean;
    io.stdout.write('not proven: give the hash that the audit printed (--hash), or verify with the build that wrote the pack\n');
    return EXIT.inconclusive;
  },
});
