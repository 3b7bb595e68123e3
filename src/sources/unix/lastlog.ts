const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
/** `Mon Nov 30 12:01:02 +0100 2026`, as lastlog and lastlog2 write it in the C locale. */
const LATEST = /\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) ([A-Z][a-z]{2}) +(\d{1,2}) (\d{2}:\d{2}:\d{2}) ([+-]\d{2})(\d{2}) (\d{4})\b/;
const NEVER = '**Never logged in**';

/** The last login of each user: ISO 8601, `never`, or the line itself where it is neither, so that nobody takes it for none. */
export function loginsIn(text: string): ReadonlyMap<string, string> {
  const logins = new Map<string, string>();
  for (const line of text.split('\n')) {
    const [name = ''] = line.split(/\s/, 1);
    if (name === '' || name === 'Username') continue;
    const [, month = '', day = '', time = '', hours = '', minutes = '', year = ''] = LATEST.exec(line) ?? [];
    const number = MONTHS.indexOf(month) + 1;
    const iso = `${year}-${String(number).padStart(2, '0')}-${day.padStart(2, '0')}T${time}${hours}:${minutes}`;
    logins.set(name, number > 0 ? iso : line.includes(NEVER) ? 'never' : line.trim());
  }
  return logins;
}
