import type { CommandModule } from '../io.js';

export const register: CommandModule['register'] = (program, io, done) => {
  const connectors = program
    .command('connectors')
    .description('list the systems of the catalogue, and which lifecycle facts each can tell')
    .action(async () => done((await import('../connectors.js')).listConnectors(io)));
  connectors
    .command('show <name>')
    .description('print a manifest, ready to copy and edit')
    .action(async (name: string) => done((await import('../connectors.js')).showConnector(name, io)));
  connectors
    .command('test <name-or-file>')
    .description('validate a manifest, and say what it asks for and what it can tell; nothing is read')
    .action(async (which: string) => done((await import('../connectors.js')).testConnector(which, io)));
};
