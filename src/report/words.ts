import { visible } from './escape.js';

/** Text of another system in a cell. Variation selectors go: they make a letter wide in some terminals and not in others. */
export function shown(text: string, cap?: number): string {
  return visible(text, cap).replace(/[\ufe00-\ufe0f]/g, '');
}

/** 12,345: grouped by thousands whatever the locale. */
export function count(n: number): string {
  return String(n).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** `1 account`, `2 accounts`. */
export function counted(n: number, one: string, many = `${one}s`): string {
  return `${count(n)} ${n === 1 ? one : many}`;
}

/** Hours in the unit that people say. */
export function duration(hours: number): string {
  const round = (n: number): number => Math.round(n * 10) / 10;
  if (Math.abs(hours) >= 48) return `${round(hours / 24)} d`;
  return Math.abs(hours) >= 1 ? `${round(hours)} h` : `${Math.round(hours * 60)} min`;
}

export function when(iso: string): string {
  return shown(iso, 40)
    .replace(/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(?::00(?:\.0+)?)?Z$/, '$1 $2 UTC')
    .replace(/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.\d+)?Z$/, '$1 $2 UTC');
}

/** How long a run took: 0.4 s, 41 s, 3 min 5 s. A clock that was set back makes no run shorter than nothing. */
export function lasted({ startedAt, finishedAt }: { readonly startedAt: string; readonly finishedAt: string }): string {
  const seconds = Math.max(0, Date.parse(finishedAt) - Date.parse(startedAt)) / 1000;
  if (!Number.isFinite(seconds)) return 'a time that is not known';
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return whole < 60 ? `${whole} s` : `${count(Math.floor(whole / 60))} min ${whole % 60} s`;
}
