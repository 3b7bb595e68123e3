// The contract of the one HTTP client; its parts stand beside it in this folder.
import type { Secret } from '../../model/secret.js';

export interface HttpOptions {
  /** The system's name in the config, for messages. */
  readonly system: string;
  /** Requests go to this origin and below this path only. */
  readonly baseUrl: string;
  /** Sent with every request to that origin, and nowhere else. */
  readonly headers?: Readonly<Record<string, string | Secret>>;
  readonly caFile?: string;
  readonly timeouts?: { readonly connectMs?: number; readonly idleMs?: number; readonly totalMs?: number };
  /** Of one decompressed body, bytes. */
  readonly maxBodyBytes?: number;
  /** Longest sum of waits that servers may impose on this client, ms. */
  readonly waitBudgetMs?: number;
  readonly maxAttempts?: number;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly redact: (text: string) => string;
  readonly trace?: (line: string) => void;
}

export interface JsonResponse {
  readonly status: number;
  /** Lower-cased names. */
  readonly headers: Readonly<Record<string, string>>;
  /** The parsed JSON body. */
  readonly body: unknown;
  /** Final URL: query included, so never print it. */
  readonly url: string;
  readonly requestId?: string;
}

export interface JsonRequest {
  readonly method?: 'GET' | 'POST';
  /** Relative to `baseUrl`, or absolute within its origin. */
  readonly url: string;
  readonly query?: Readonly<Record<string, string | number>>;
  readonly headers?: Readonly<Record<string, string | Secret>>;
  /** JSON body of a POST that only reads. */
  readonly json?: unknown;
  readonly signal: AbortSignal;
  /** Statuses that are answers and not faults (404 of a SCIM ServiceProviderConfig); the body may then be anything. */
  readonly accept?: readonly number[];
  /** What is being attempted, for messages: "reading page 3 of Users". */
  readonly purpose: string;
}

export interface HttpClient {
  json(request: JsonRequest): Promise<JsonResponse>;
  close(): Promise<void>;
}
