export type EngineName = 'postgresql' | 'mysql' | 'mariadb' | 'sqlite' | 'sqlserver' | 'oracle';

export interface Engine {
  readonly name: EngineName;
  readonly title: string;
  readonly port: number;
  /** One part of a table's name, so that it means what is written. */
  readonly quote: (part: string) => string;
  /** Written from the documentation of server and driver: nobody has tried it on a real server. */
  readonly isUntried?: true;
}

const doubled = (part: string): string => `"${part.replaceAll('"', '""')}"`;
const ticked = (part: string): string => `\`${part.replaceAll('`', '``')}\``;
const bracketed = (part: string): string => `[${part.replaceAll(']', ']]')}]`;
/** A name without quotes is one in capital letters there, and hardly any is written otherwise. */
const capital = (part: string): string => (/^[A-Za-z][\w$#]*$/.test(part) ? part : doubled(part));

export const ENGINES: Readonly<Record<EngineName, Engine>> = {
  postgresql: { name: 'postgresql', title: 'PostgreSQL', port: 5432, quote: doubled },
  mysql: { name: 'mysql', title: 'MySQL', port: 3306, quote: ticked, isUntried: true },
  mariadb: { name: 'mariadb', title: 'MariaDB', port: 3306, quote: ticked },
  sqlite: { name: 'sqlite', title: 'SQLite', port: 0, quote: doubled },
  sqlserver: { name: 'sqlserver', title: 'SQL Server', port: 1433, quote: bracketed, isUntried: true },
  oracle: { name: 'oracle', title: 'Oracle', port: 1521, quote: capital, isUntried: true },
};

export function isEngine(name: string): name is EngineName {
  return Object.hasOwn(ENGINES, name);
}

/** What whoever reads from it has to know. */
export function notesOn({ title, isUntried }: Engine): readonly string[] {
  return isUntried === true ? [`${title} is written from its documentation, and was not tried on a real server: look at the rows`] : [];
}
