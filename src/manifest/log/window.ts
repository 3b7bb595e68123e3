import type { LogWindow } from '../../model/log.js';
import type { WindowForm } from '../form/log.js';
import type { Request } from '../form/parts.js';

type Body = Exclude<Request['body'], undefined>;

const SECOND = 1000;
const DAY = 86_400_000;

/** What the system is asked for: the window, as far as the system keeps entries. Undefined: nothing of it is kept. */
export function keptOf({ since, until }: LogWindow, retentionDays: number | undefined): LogWindow | undefined {
  if (since > until) return undefined;
  return { since: retentionDays === undefined ? since : Math.max(since, until - retentionDays * DAY), until };
}

/**
 * The window in spans that the system answers at once, the latest first. By days, they share none; by instants, they share the one between them. Parts of a
 * second are rounded away from the window, so that nothing in it is left out.
 */
export function slicesOf(window: LogWindow, { format, every_days: days }: WindowForm): LogWindow[] {
  const isByDay = format === 'date';
  const since = isByDay ? down(window.since, DAY) : down(window.since, SECOND);
  const until = isByDay ? down(window.until, DAY) + DAY - 1 : up(window.until);
  if (days === undefined) return [{ since, until }];
  const slices: LogWindow[] = [];
  for (let end = until; end > since || slices.length === 0;) {
    const start = Math.max(since, end - days * DAY + (isByDay ? 1 : 0));
    slices.push({ since: start, until: end });
    end = isByDay ? start - 1 : start;
  }
  return slices;
}

/** Both halves, the later one first; undefined where the span is one second, or one day where days are asked for. */
export function halvesOf({ since, until }: LogWindow, { format }: WindowForm): readonly [LogWindow, LogWindow] | undefined {
  const step = format === 'date' ? DAY : SECOND;
  const middle = since + down((until + 1 - since) / 2, step);
  if (middle <= since) return undefined;
  return [
    { since: middle, until },
    { since, until: format === 'date' ? middle - 1 : middle },
  ];
}

/** As the request writes them. */
export function windowValues(
  { since, until }: LogWindow,
  { format = 'iso' }: WindowForm,
): { readonly since: string; readonly until: string } {
  const write = WRITERS[format];
  return { since: write(since), until: write(until) };
}

/** The request for a span. In a body, `${since}` that stands alone is a number where the window is written in numbers. */
export function requestFor(request: Request, { since, until }: ReturnType<typeof windowValues>, { format = 'iso' }: WindowForm): Request {
  if (request.body === undefined || (format !== 'unix' && format !== 'unix_ms')) return request;
  const numbers = new Map<Body, number>([
    ['${since}', Number(since)],
    ['${until}', Number(until)],
  ]);
  return { ...request, body: mapped(request.body, (value) => numbers.get(value) ?? value) };
}

function mapped(value: Body, to: (value: Body) => Body): Body {
  if (Array.isArray(value)) return value.map((one) => mapped(one, to));
  if (typeof value !== 'object' || value === null) return to(value);
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, mapped(one, to)]));
}

const isoOf = (ms: number): string => new Date(ms).toISOString().replace(/\.\d{3}Z$/, 'Z');

const WRITERS: Readonly<Record<NonNullable<WindowForm['format']>, (ms: number) => string>> = {
  iso: isoOf,
  unix: (ms) => String(Math.floor(ms / SECOND)),
  unix_ms: String,
  date: (ms) => isoOf(ms).slice(0, 10),
};

function down(ms: number, step: number): number {
  return Math.floor(ms / step) * step;
}

function up(ms: number): number {
  return Math.ceil(ms / SECOND) * SECOND;
}
