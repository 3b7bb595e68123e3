import { DATABASE_LOGINS } from '../../../manifest/database-logins.js';

/** The logins of a database as `connector: sql` reads them: a start for whoever wants another query. */
export function loginsText(name: string): string {
  const known = DATABASE_LOGINS[name];
  if (known === undefined) return '';
  const lines = known.query.split('\n').filter((line) => line.trim() !== '');
  const margin = Math.min(...lines.map((line) => line.search(/\S/)));
  return `# ${known.title}. \`connector: ${name}\` reads them with this query; write this in its place to read them with your own.
# It needs: ${known.permission}
connector: sql
url: ${name}://db.corp.example/${known.database}
user: \${env:DB_USER}
password: \${env:DB_PASSWORD}
query: |
${lines.map((line) => `  ${line.slice(margin)}`).join('\n')}
fields: ${JSON.stringify(known.fields)}
status: ${JSON.stringify(known.status)}
`;
}
