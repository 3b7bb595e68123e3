/** A row as fixtures write it: nothing that is absent, dates as ISO 8601. */
export function normalForm(row: object): unknown {
  return JSON.parse(JSON.stringify(row, (_key, value: unknown) => (isMoment(value) ? momentText(value) : value)));
}

interface Moment {
  readonly at: number;
  readonly day?: boolean;
}

function isMoment(value: unknown): value is Moment {
  return typeof value === 'object' && value !== null && 'at' in value && typeof value.at === 'number';
}

function momentText({ at, day }: Moment): string {
  const text = new Date(at).toISOString();
  return day === true ? text.slice(0, 10) : text;
}
