import { SourceError } from '../../model/errors.js';
import { visible } from '../../http/server-text.js';
import type { Connection } from './connection.js';
import { type DirectoryEntry, texts } from './entry.js';
import { LimitExceeded } from './faults.js';
import { firstPage, type Notes, type PageSize } from './paging.js';
import type { DirectorySchema } from './schema.js';

/** Kinds of entries that are named; the rest are counted with them. */
const NAMED = 3;
/** What every entry is, which tells nothing. */
const TELLS_NOTHING = 'top';
/** A class of its own for people whom one writes to: they cannot log in, and whoever has an account is listed beside. */
const CONTACT = 'contact';

/**
 * Counts the entries that look like people or accounts, and that the schema's own filter leaves out: their accounts elsewhere would be nobody's, so
 * the list is not proven whole until the config says who counts. One page of them tells enough.
 */
export async function noteLeftOut(connection: Connection, { base, schema, pageSize }: Place, notes: Notes): Promise<void> {
  let left: LeftOut;
  try {
    left = await leftOut(connection, { base, schema, pageSize });
  } catch (error) {
    if (!(error instanceof SourceError) || error.fault === 'aborted') throw error;
    const why =
      error instanceof LimitExceeded
        ? ', for a limit of the server stops the search (389 Directory Server: nsLookThroughLimit), which may stop the list, too'
        : '';
    notes.remark(`what the default filter leaves out could not be counted${why}: set filter to say who counts`);
    return;
  }
  const contacts = left.entries.filter((entry) => classes(entry).includes(CONTACT));
  const others = left.entries.filter((entry) => !contacts.includes(entry));
  const least = left.isAll ? '' : 'at least ';
  if (contacts.length > 0)
    notes.remark(`left out: ${least}${counted(contacts.length)} of objectClass contact, which cannot log in`, 'left-out');
  if (others.length > 0)
    notes.doubt(
      `left out by the default filter: ${least}${counted(others.length)} that look like people or accounts (${kinds(others)}): set filter to say who counts; ${schema.filter} leaves it as it is`,
      'left-out',
    );
}

interface Place {
  readonly base: string;
  readonly schema: DirectorySchema;
  readonly pageSize: PageSize;
}

interface LeftOut {
  readonly entries: readonly DirectoryEntry[];
  readonly isAll: boolean;
}

/**
 * A class that a server does not know makes a filter undefined, and its negation too (RFC 4511 section 4.5.1.7): then nothing comes. So a class is negated
 * when entries show it, and told apart here until then.
 */
async function leftOut(connection: Connection, { base, schema: { alike }, pageSize }: Place): Promise<LeftOut> {
  const passedOver = new Set(alike.passedOver.map((name) => name.toLowerCase()));
  const negated = new Set([alike.taken]);
  for (;;) {
    const filter = `(&${alike.filter}${[...negated].map((name) => `(!(objectClass=${name}))`).join('')})`;
    const listing = {
      base,
      filter,
      attributes: ['objectClass'],
      binary: [],
      pageSize,
      purpose: 'counting what the default filter leaves out,',
    };
    const { entries, page } = await firstPage(connection, listing, { doubt: ignore, remark: ignore });
    const known = negated.size;
    for (const name of entries.flatMap(classes)) if (passedOver.has(name)) negated.add(name);
    const isAll = (page?.cookie.length ?? 0) === 0;
    if (isAll || negated.size === known)
      return { entries: entries.filter((entry) => !classes(entry).some((name) => passedOver.has(name))), isAll };
  }
}

function counted(entries: number): string {
  return entries === 1 ? '1 entry' : `${entries} entries`;
}

function kinds(entries: readonly DirectoryEntry[]): string {
  const counts = new Map<string, number>();
  for (const entry of entries) {
    const kind = texts(entry, 'objectclass')
      .filter((name) => name.toLowerCase() !== TELLS_NOTHING)
      .sort()
      .join('+');
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  const sorted = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  const named = sorted.slice(0, NAMED).map(([kind, count]) => `${visible(kind.slice(0, 100)) || 'no objectClass shown'}: ${count}`);
  return [...named, ...(sorted.length > NAMED ? ['and others'] : [])].join(', ');
}

function classes(entry: DirectoryEntry): readonly string[] {
  return texts(entry, 'objectclass').map((name) => name.toLowerCase());
}

/** What may be odd about this page was not asked for. */
function ignore(): void {}
