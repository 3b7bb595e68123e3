import { command, reportFlags, settled, text, yes } from '../flags.js';

/** The demo shows what there is to see of everything; an audit shows more of each. */
const DEMO_LIMIT = '5';

/** The company's systems go up, the real audit reads them over HTTP, and they go down again. */
export const demo = command({
  usage: 'demo',
  says: 'audit a company that comes with the tool, over HTTP; no credentials needed, exits with 0 whatever it finds',
  heading: 'Begin:',
  examples: ['lifegap demo', 'lifegap demo -f html=demo.html', 'lifegap demo --keep meridian'],
  flags: {
    ...reportFlags(undefined, DEMO_LIMIT),
    seed: settled({ usage: '--seed <n>', says: 'draw another company', initially: '1' }),
    keep: text({ usage: '--keep <dir>', says: 'leave the company in this folder as files, with a config to audit and to play with' }),
    serve: yes({ usage: '--serve', says: 'keep the servers up until Ctrl-C, so that you can audit them from another terminal' }),
  },
  run: async ({ given, told, io }) => (await import('./demo/run.js')).runDemo(given, told, io),
});
