import type { Config } from '../model/config.js';
import type { FailRules } from '../model/fail-on.js';
import type { AuditOptions } from './options.js';
import { shrinkGuard, type Believed } from './shrink.js';

/** One audit, while it runs. */
export interface AuditRun {
  readonly config: Config;
  readonly options: AuditOptions;
  readonly startedAt: number;
  readonly believed: Believed;
  /** What fails it. */
  readonly rules: FailRules;
  /** What breaks the audit off at one list (a full disk, a bug) calls it to stop the others, and is told when all of them have ended. */
  readonly stop: () => void;
}

export function begin(config: Config, given: AuditOptions): AuditRun {
  const broken = new AbortController();
  const options = { ...given, signal: AbortSignal.any([given.signal, broken.signal]) };
  return {
    config,
    options,
    startedAt: options.now(),
    believed: shrinkGuard(config, options),
    rules: {
      failOn: options.failOn ?? config.policy.failOn,
      ...(options.newOnly === undefined ? {} : { newOnly: options.newOnly }),
    },
    stop: () => broken.abort(),
  };
}
