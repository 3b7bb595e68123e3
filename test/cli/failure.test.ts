import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { explainFailure } from '../../src/cli/failure.js';
import { endQuietlyOnBrokenPipe, watchSignals } from '../../src/cli/signals.js';
import { remember } from '../../src/config/redact.js';
import { SourceError, UsageError } from '../../src/model/errors.js';

describe('explainFailure', () => {
  it('prints a known error as its message, with its exit code', async () => {
    expect(await explainFailure(new UsageError('--app x: no such app'))).toEqual({ text: 'lifegap: --app x: no such app\n', exitCode: 2 });
    expect(await explainFailure(new SourceError('crm', 'file', 'crm: gone'))).toEqual({ text: 'lifegap: crm: gone\n', exitCode: 4 });
  });

  it('prints an unknown one as our bug, with its stack and without the secrets that were resolved', async () => {
    remember(['sup3r-secret']);
    const { text, exitCode } = await explainFailure(new TypeError('cannot read sup3r-secret of undefined'));
    expect(exitCode).toBe(70);
    expect(text).toMatch(/^lifegap: this is our bug: TypeError: cannot read \*\*\* of undefined\n\s+at /);
    expect(await explainFailure('a string')).toEqual({ text: 'lifegap: this is our bug: a string\n', exitCode: 70 });
  });
});

/** As much of a process as signals need: events and exit. */
class Host extends EventEmitter {
  readonly exits: number[] = [];
  readonly stdout = new EventEmitter();
  readonly stderr = new EventEmitter();
  exit(code: number): void {
    this.exits.push(code);
  }
}

describe('signals', () => {
  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ])('the first %s aborts, the second ends at once', (name, code) => {
    const host = new Host();
    const interrupts = watchSignals(host as unknown as NodeJS.Process);
    expect(interrupts.code()).toBeUndefined();
    host.emit(name, name);
    expect(interrupts.signal.aborted).toBe(true);
    expect(interrupts.code()).toBe(code);
    expect(host.exits).toEqual([]);
    host.emit(name, name);
    expect(host.exits).toEqual([code]);
    interrupts.stop();
    expect(host.listenerCount(name)).toBe(0);
  });

  it('a broken pipe ends the process; any other error of a stream is not swallowed', () => {
    const host = new Host();
    endQuietlyOnBrokenPipe(host as unknown as NodeJS.Process);
    const other = Object.assign(new Error('disk full'), { code: 'ENOSPC' });
    expect(() => host.stdout.emit('error', other)).toThrow('disk full');
    expect(() => host.stdout.emit('error', Object.assign(new Error('pipe'), { code: 'EPIPE' }))).not.toThrow();
    expect(host.exits).toEqual([141]);
  });
});
