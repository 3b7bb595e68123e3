import type { AuditOptions } from '../audit/options.js';
import { loadConfig, type LoadOptions } from '../config/load.js';
import type { Config } from '../model/config.js';
import { visible } from '../report/escape.js';
import type { APP, CONFIG, Given, QUIET, VERBOSE } from './flags.js';
import type { Io } from './io.js';
import { progressLine } from './progress.js';

export type SessionGiven = Given<{ config: typeof CONFIG; app: typeof APP; quiet: typeof QUIET; verbose: typeof VERBOSE }>;

/** What an audit is told of the world, and what it tells on its way. */
export type Surroundings = Pick<AuditOptions, 'now' | 'env' | 'signal' | 'onProgress' | 'trace'>;

/** What a command has at hand that reads a config and its systems. */
export interface Session {
  /** One line on stderr; what other systems wrote in it is made visible. */
  readonly say: (line: string) => void;
  /** As `say`, unless --quiet. */
  readonly remark: (line: string) => void;
  /** The config of --config with the apps of --app, or with what else is wanted of it; its warnings are said. */
  readonly config: (wanted?: Partial<LoadOptions>) => Promise<Config>;
  /** Runs what reads systems; their progress stands on stderr meanwhile. */
  readonly reading: <T>(read: (surroundings: Surroundings) => Promise<T>) => Promise<T>;
}

export function openSession({ config: path, app: apps, quiet, verbose }: SessionGiven, io: Io): Session {
  const say = (line: string): void => void io.stderr.write(`${visible(line)}\n`);
  const remark = (line: string): void => {
    if (quiet !== true) say(line);
  };
  return {
    say,
    remark,
    config: async (wanted) => {
      const config = await loadConfig({
        ...(path === undefined ? {} : { path }),
        ...(apps === undefined ? {} : { only: { apps } }),
        cwd: io.cwd(),
        env: io.env,
        ...wanted,
      });
      for (const warning of config.warnings) remark(`warning: ${warning}`);
      return config;
    },
    reading: async (read) => {
      const progress = progressLine(io, quiet === true || verbose === true, io.now);
      const { now, env, signal } = io;
      const surroundings = { now, env, signal, onProgress: progress.update, ...(verbose === true ? { trace: say } : {}) };
      return await read(surroundings).finally(progress.clear);
    },
  };
}
