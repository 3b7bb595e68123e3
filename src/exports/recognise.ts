import { fold } from '../model/fold.js';
import type { Role } from '../model/role.js';
import { KNOWN_EXPORTS } from './catalogue.js';
import type { KnownExport } from './known-export.js';

/** The known export with this header, for the role that the file plays. The one that asks for most columns wins; where two ask for as many, it is none. */
export function recognise(columns: readonly string[], role: Role, known: readonly KnownExport[] = KNOWN_EXPORTS): KnownExport | undefined {
  const header = new Set(columns.map(fold));
  const fitting = known.filter((one) => (one.role === role || one.role === 'either') && fits(one, header));
  const most = Math.max(...fitting.map(asked));
  const best = fitting.filter((one) => asked(one) === most);
  return best.length === 1 ? best[0] : undefined;
}

function fits({ header: { all, any, none } }: KnownExport, header: ReadonlySet<string>): boolean {
  const has = (column: string): boolean => header.has(fold(column));
  return all.every(has) && (any === undefined || any.some(has)) && none?.some(has) !== true;
}

/** How much a header must have for it to be this export. */
function asked({ header: { all, any } }: KnownExport): number {
  return all.length + (any === undefined ? 0 : 1);
}
