import { type Company, isoDay, recordOf } from '../lifecycle.js';
import type { AppAccount } from './account.js';

/** What the travel desk's spreadsheet program writes: `;`, CRLF, a byte order mark, days as `24.11.2026`. */
export function spreadsheet(accounts: readonly AppAccount[], company: Company): string {
  const header = [
    'Benutzer',
    'Vorname',
    'Nachname',
    'E-Mail',
    'Abteilung',
    'Genehmiger',
    'Personalnr',
    'Status',
    'Angelegt',
    'Gesperrt am',
  ];
  const emailOf = (key: string | undefined): string => {
    const human = key === undefined ? undefined : company.byKey.get(key);
    return human === undefined ? '' : recordOf(human).profile.email;
  };
  const rows = accounts.map(({ id, shown, email, employeeNumber, on, createdAt, deactivatedAt }, i) => {
    // Half of it was typed on a machine that writes ü as u and two dots.
    const typed = (text = ''): string => (i % 2 === 0 ? text.normalize('NFD') : text);
    const { givenName, familyName, department, manager } = shown;
    const state = on ? 'aktiv' : 'gesperrt';
    return [
      id,
      typed(givenName),
      typed(familyName),
      email ?? '',
      department ?? '',
      emailOf(manager),
      employeeNumber ?? '',
      state,
      german(createdAt),
      on ? '' : german(deactivatedAt ?? createdAt),
    ];
  });
  return `\ufeff${[header, ...rows].map((cells) => `${cells.map(cell).join(';')}\r\n`).join('')}`;
}

const cell = (text: string): string => (/[;"\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

const german = (at: number): string => isoDay(at).split('-').reverse().join('.');
