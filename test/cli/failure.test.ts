import { EventEmitter, once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { explainFailure } from '../../src/cli/failure.js';
import { endOnBrokenOutput, endOnCrash, watchSignals } from '../../src/cli/signals.js';
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

class Stream extends EventEmitter {
  written = '';
  write(text: string): void {
    this.written += text;
  }
}

/** As much of a process as signals and crashes need. */
class Host extends EventEmitter {
  readonly exits: number[] = [];
  readonly stdout = new Stream();
  readonly stderr = new Stream();
  exit(code: number): void {
    this.exits.push(code);
    this.emit('exited');
  }
  get process(): NodeJS.Process {
    return this as unknown as NodeJS.Process;
  }
}

const failing = (code: string): Error => Object.assign(new Error(code), { code });

describe('signals', () => {
  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ])('the first %s aborts, the second ends at once', (name, code) => {
    const host = new Host();
    const interrupts = watchSignals(host.process);
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

  it('a broken pipe ends quietly', () => {
    const host = new Host();
    endOnBrokenOutput(host.process);
    host.stdout.emit('error', failing('EPIPE'));
    expect([host.exits, host.stderr.written]).toEqual([[141], '']);
  });

  it('a full disk is said', () => {
    const host = new Host();
    endOnBrokenOutput(host.process);
    host.stdout.emit('error', failing('ENOSPC'));
    expect([host.exits, host.stderr.written]).toEqual([[2], 'lifegap: the output could not be written (ENOSPC): is there room?\n']);
  });

  it('an error that nobody awaited is our bug, not a finding', async () => {
    const host = new Host();
    endOnCrash(host.process, explainFailure);
    const exited = once(host, 'exited');
    host.emit('uncaughtException', new TypeError('lost'));
    await exited;
    expect(host.exits).toEqual([70]);
    expect(host.stderr.written).toMatch(/^lifegap: this is our bug: TypeError: lost\n/);
  });
});
