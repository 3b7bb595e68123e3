import { createHash } from 'node:crypto';
import type { RequestSeen } from '../../model/request-seen.js';

/** What evidence keeps of a file that was read: the hash of its bytes, as sha256sum gives it. */
export class FileSeen {
  readonly #hash = createHash('sha256');
  readonly #at = Date.now();
  #bytes = 0;

  constructor(private readonly shown: string) {}

  readonly watch = (bytes: Buffer): void => {
    this.#hash.update(bytes);
    this.#bytes += bytes.length;
  };

  request(rows: number): RequestSeen {
    return {
      at: this.#at,
      method: 'READ',
      origin: 'file:',
      path: this.shown,
      attempt: 1,
      status: 'read',
      bytes: this.#bytes,
      sha256: this.#hash.digest('hex'),
      rows,
    };
  }
}
