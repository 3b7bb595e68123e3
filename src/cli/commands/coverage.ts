import { COVERAGE_FORMATS } from '../../report/formats.js';
import type { CommandModule } from '../io.js';
import { auditFlags, historyFlags, type AuditFlags } from './audit.js';

export interface CoverageFlags extends AuditFlags {
  readonly explain?: string;
  readonly stage?: string;
}

export const register: CommandModule['register'] = (program, io, done) => {
  historyFlags(auditFlags(program.command('coverage'), Object.keys(COVERAGE_FORMATS)))
    .description('read as audit does, and show which lifecycle stage each app really covers; exit codes are those of audit')
    .option('--explain <app>', 'every joiner, mover and leaver of this app, and what followed')
    .option('--stage <stage>', 'with --explain: create, update or delete only')
    .action(async (flags: CoverageFlags) => done(await (await import('../coverage.js')).coverageFromFlags(flags, io)));
};
