// Header lines as exports of many systems and languages have them: what each column means by its name alone, and what is left unused.
import { describe, expect, it } from 'vitest';
import type { Role } from '../../../src/model/role.js';
import { meanings, told } from './headers.js';

/** The header, and `field=column` of all that is used, separated by `, `. */
type Case = readonly [role: Role, header: string, meanings: string];

const CASES: readonly Case[] = [
  [
    'person',
    'Employee ID|First Name|Last Name|Work Email|Employment Status|Hire Date|Termination Date|Department|Job Title',
    'employeeId=Employee ID, id=Employee ID, givenName=First Name, familyName=Last Name, emails=Work Email, state=Employment Status, startAt=Hire Date, endAt=Termination Date, department=Department, title=Job Title',
  ],
  [
    'person',
    'EmployeeNumber|GivenName|Surname|Mail|Status|StartDate|LastWorkingDay',
    'employeeId=EmployeeNumber, id=EmployeeNumber, givenName=GivenName, familyName=Surname, emails=Mail, state=Status, startAt=StartDate, endAt=LastWorkingDay',
  ],
  [
    'person',
    'userPrincipalName|displayName|accountEnabled|employeeId|department|jobTitle',
    'userName=userPrincipalName, displayName=displayName, state=accountEnabled, employeeId=employeeId, id=employeeId, department=department, title=jobTitle',
  ],
  [
    'person',
    'Staff ID|Full Name|Email Address|Line Manager|Leaving Date',
    'employeeId=Staff ID, id=Staff ID, displayName=Full Name, emails=Email Address, manager=Line Manager, endAt=Leaving Date',
  ],
  [
    'person',
    'Worker ID|Preferred Name|Primary Work Email|Worker Status|Last Day of Work',
    'employeeId=Worker ID, id=Worker ID, displayName=Preferred Name, emails=Primary Work Email, state=Worker Status, endAt=Last Day of Work',
  ],
  [
    'person',
    'Emp No|Name|Company Email|Date of Joining|Date of Leaving|Designation',
    'employeeId=Emp No, id=Emp No, displayName=Name, emails=Company Email, startAt=Date of Joining, endAt=Date of Leaving, title=Designation',
  ],
  [
    'person',
    'File Number|Legal First Name|Legal Last Name|Work Email Address|Personal Email|Separation Date',
    'employeeId=File Number, id=File Number, givenName=Legal First Name, familyName=Legal Last Name, emails=Work Email Address, endAt=Separation Date',
  ],
  [
    'person',
    'Personalnummer|Vorname|Nachname|E-Mail-Adresse|Status|Eintrittsdatum|Austrittsdatum|Abteilung|Vorgesetzter',
    'employeeId=Personalnummer, id=Personalnummer, givenName=Vorname, familyName=Nachname, emails=E-Mail-Adresse, state=Status, startAt=Eintrittsdatum, endAt=Austrittsdatum, department=Abteilung, manager=Vorgesetzter',
  ],
  [
    'person',
    'Pers.-Nr.|Name|E-Mail geschäftlich|Eintritt|Austritt|Position',
    'employeeId=Pers.-Nr., id=Pers.-Nr., displayName=Name, emails=E-Mail geschäftlich, startAt=Eintritt, endAt=Austritt, title=Position',
  ],
  [
    'person',
    'MA-Nr|Familienname|Rufname|Dienstliche E-Mail|Beschäftigungsstatus|Letzter Arbeitstag|Private E-Mail',
    'employeeId=MA-Nr, id=MA-Nr, familyName=Familienname, givenName=Rufname, emails=Dienstliche E-Mail, state=Beschäftigungsstatus, endAt=Letzter Arbeitstag',
  ],
  [
    'person',
    "Matricule|Prénom|Nom|Adresse e-mail professionnelle|Statut|Date d'entrée|Date de sortie|Service|Poste",
    "employeeId=Matricule, id=Matricule, givenName=Prénom, familyName=Nom, emails=Adresse e-mail professionnelle, state=Statut, startAt=Date d'entrée, endAt=Date de sortie, department=Service, title=Poste",
  ],
  [
    'person',
    "Numéro d'employé|Nom complet|Courriel|Date d'embauche|Date de départ|Responsable hiérarchique",
    "employeeId=Numéro d'employé, id=Numéro d'employé, displayName=Nom complet, emails=Courriel, startAt=Date d'embauche, endAt=Date de départ, manager=Responsable hiérarchique",
  ],
  [
    'person',
    'Número de empleado|Nombre|Apellidos|Correo electrónico|Estado|Fecha de alta|Fecha de baja|Departamento|Puesto',
    'employeeId=Número de empleado, id=Número de empleado, givenName=Nombre, familyName=Apellidos, emails=Correo electrónico, state=Estado, startAt=Fecha de alta, endAt=Fecha de baja, department=Departamento, title=Puesto',
  ],
  [
    'person',
    'Legajo|Nombre completo|Correo corporativo|Situación laboral|Fecha de ingreso|Fecha de egreso|Jefe directo',
    'employeeId=Legajo, id=Legajo, displayName=Nombre completo, emails=Correo corporativo, state=Situación laboral, startAt=Fecha de ingreso, endAt=Fecha de egreso, manager=Jefe directo',
  ],
  [
    'person',
    'Matrícula|Nome completo|E-mail corporativo|Situação|Data de admissão|Data de desligamento|Cargo|Gestor',
    'employeeId=Matrícula, id=Matrícula, displayName=Nome completo, emails=E-mail corporativo, state=Situação, startAt=Data de admissão, endAt=Data de desligamento, title=Cargo, manager=Gestor',
  ],
  [
    'person',
    'Número de funcionário|Nome próprio|Apelido|Endereço de e-mail|Data de saída|Departamento',
    'employeeId=Número de funcionário, id=Número de funcionário, givenName=Nome próprio, familyName=Apelido, emails=Endereço de e-mail, endAt=Data de saída, department=Departamento',
  ],
  [
    'person',
    'Matricola|Nome|Cognome|Indirizzo e-mail|Stato|Data assunzione|Data cessazione|Reparto|Mansione',
    'employeeId=Matricola, id=Matricola, givenName=Nome, familyName=Cognome, emails=Indirizzo e-mail, state=Stato, startAt=Data assunzione, endAt=Data cessazione, department=Reparto, title=Mansione',
  ],
  [
    'person',
    'Personeelsnummer|Voornaam|Achternaam|E-mailadres|Datum in dienst|Datum uit dienst|Afdeling|Functie|Leidinggevende',
    'employeeId=Personeelsnummer, id=Personeelsnummer, givenName=Voornaam, familyName=Achternaam, emails=E-mailadres, startAt=Datum in dienst, endAt=Datum uit dienst, department=Afdeling, title=Functie, manager=Leidinggevende',
  ],
  [
    'person',
    'Numer pracownika|Imię|Nazwisko|Adres e-mail|Status zatrudnienia|Data zatrudnienia|Data zwolnienia|Dział|Stanowisko|Przełożony',
    'employeeId=Numer pracownika, id=Numer pracownika, givenName=Imię, familyName=Nazwisko, emails=Adres e-mail, state=Status zatrudnienia, startAt=Data zatrudnienia, endAt=Data zwolnienia, department=Dział, title=Stanowisko, manager=Przełożony',
  ],
  [
    'person',
    'Anställningsnummer|Förnamn|Efternamn|E-post|Anställningsdatum|Slutdatum|Avdelning|Chef',
    'employeeId=Anställningsnummer, id=Anställningsnummer, givenName=Förnamn, familyName=Efternamn, emails=E-post, startAt=Anställningsdatum, endAt=Slutdatum, department=Avdelning, manager=Chef',
  ],
  [
    'person',
    '社員番号|氏名|メールアドレス|在籍状況|入社日|退職日|部署|役職|上司',
    'employeeId=社員番号, id=社員番号, displayName=氏名, emails=メールアドレス, state=在籍状況, startAt=入社日, endAt=退職日, department=部署, title=役職, manager=上司',
  ],
  [
    'person',
    '従業員コード|姓|名|会社メールアドレス|雇用状態|退社日',
    'employeeId=従業員コード, id=従業員コード, familyName=姓, givenName=名, emails=会社メールアドレス, state=雇用状態, endAt=退社日',
  ],
  [
    'person',
    'employee_number|first_name|last_name|work_email|employee_status|start_date|end_date|reports_to',
    'employeeId=employee_number, id=employee_number, givenName=first_name, familyName=last_name, emails=work_email, state=employee_status, startAt=start_date, endAt=end_date, manager=reports_to',
  ],
  ['person', 'Person ID|E-mail|Active|Term Date', 'id=Person ID, emails=E-mail, state=Active, endAt=Term Date'],
  ['person', 'Email|Terminated', 'emails=Email, id=Email, state=Terminated'],
  [
    'person',
    'sAMAccountName|mail|employeeID|manager|title',
    'userName=sAMAccountName, emails=mail, employeeId=employeeID, id=employeeID, manager=manager, title=title',
  ],
  ['person', 'id|profile.email|profile.login|status', 'id=id, emails=profile.email, userName=profile.login, state=status'],
  [
    'person',
    'Associate ID|Payroll Name|Business Title|Employment End Date',
    'employeeId=Associate ID, id=Associate ID, title=Business Title, endAt=Employment End Date',
  ],
  [
    'account',
    'User ID|Username|Email|Status|Last Login|Created',
    'id=User ID, userName=Username, emails=Email, status=Status, lastLoginAt=Last Login, createdAt=Created',
  ],
  [
    'account',
    'user_id|login|email_address|is_active|last_seen_at|created_at',
    'id=user_id, userName=login, emails=email_address, status=is_active, lastLoginAt=last_seen_at, createdAt=created_at',
  ],
  ['account', 'id|login|manager.email|created_by.email|manager.employeeId', 'id=id, userName=login, manager=manager.email'],
  [
    'account',
    'id|name.givenName|name.familyName|contact.email',
    'id=id, givenName=name.givenName, familyName=name.familyName, emails=contact.email',
  ],
  ['account', 'uid|mail|enabled|last_seen', 'id=uid, emails=mail, status=enabled, lastLoginAt=last_seen'],
  [
    'account',
    'Member ID|Full Name|Email Address|Member Status|Date Joined|Last Active',
    'id=Member ID, displayName=Full Name, emails=Email Address, status=Member Status, createdAt=Date Joined, lastLoginAt=Last Active',
  ],
  [
    'account',
    'First Name [Required]|Last Name [Required]|Email Address [Required]|Status [READ ONLY]|Last Sign In [READ ONLY]',
    'givenName=First Name [Required], familyName=Last Name [Required], emails=Email Address [Required], id=Email Address [Required], status=Status [READ ONLY], lastLoginAt=Last Sign In [READ ONLY]',
  ],
  [
    'account',
    'Name|UPN|Object ID|User type|Account enabled|Creation date',
    'displayName=Name, userName=UPN, id=Object ID, status=Account enabled, createdAt=Creation date',
  ],
  [
    'account',
    'userId|userName|fullName|isDisabled|lastLoginDate',
    'id=userId, userName=userName, displayName=fullName, status=isDisabled, lastLoginAt=lastLoginDate',
  ],
  ['account', 'ID|E-Mail|Suspended|Last sign-in', 'id=ID, emails=E-Mail, status=Suspended, lastLoginAt=Last sign-in'],
  [
    'account',
    'Login|Employee Number|Account State|Last Logon Date',
    'userName=Login, id=Login, employeeId=Employee Number, status=Account State, lastLoginAt=Last Logon Date',
  ],
  ['account', 'External ID|Email|Deactivated', 'externalId=External ID, emails=Email, id=Email, status=Deactivated'],
  ['account', 'UUID|Email|User State|Deactivation Date', 'id=UUID, emails=Email, status=User State, deactivatedAt=Deactivation Date'],
  [
    'account',
    'Benutzer-ID|Benutzername|E-Mail|Status|Letzte Anmeldung|Erstellt am',
    'id=Benutzer-ID, userName=Benutzername, emails=E-Mail, status=Status, lastLoginAt=Letzte Anmeldung, createdAt=Erstellt am',
  ],
  [
    'account',
    'Anmeldename|Anzeigename|Mailadresse|Aktiv|Zuletzt angemeldet',
    'userName=Anmeldename, id=Anmeldename, displayName=Anzeigename, emails=Mailadresse, status=Aktiv, lastLoginAt=Zuletzt angemeldet',
  ],
  ['account', 'Kennung|E-Mail-Adresse|Gesperrt', 'userName=Kennung, id=Kennung, emails=E-Mail-Adresse, status=Gesperrt'],
  [
    'account',
    "Nom d'utilisateur|Adresse e-mail|Statut|Dernière connexion|Date de création",
    "userName=Nom d'utilisateur, id=Nom d'utilisateur, emails=Adresse e-mail, status=Statut, lastLoginAt=Dernière connexion, createdAt=Date de création",
  ],
  [
    'account',
    "Identifiant|Nom et prénom|Courriel|Actif|Type d'utilisateur",
    'userName=Identifiant, id=Identifiant, displayName=Nom et prénom, emails=Courriel, status=Actif',
  ],
  [
    'account',
    'ID de usuario|Usuario|Correo electrónico|Estado|Último acceso|Fecha de creación',
    'id=ID de usuario, userName=Usuario, emails=Correo electrónico, status=Estado, lastLoginAt=Último acceso, createdAt=Fecha de creación',
  ],
  [
    'account',
    'Nombre de usuario|Correo|Activo|Última conexión',
    'userName=Nombre de usuario, id=Nombre de usuario, emails=Correo, status=Activo, lastLoginAt=Última conexión',
  ],
  [
    'account',
    'Nome de usuário|E-mail|Ativo|Último acesso|Criado em',
    'userName=Nome de usuário, id=Nome de usuário, emails=E-mail, status=Ativo, lastLoginAt=Último acesso, createdAt=Criado em',
  ],
  [
    'account',
    'ID utente|Nome utente|Indirizzo email|Stato account|Ultimo accesso',
    'id=ID utente, userName=Nome utente, emails=Indirizzo email, status=Stato account, lastLoginAt=Ultimo accesso',
  ],
  [
    'account',
    'Gebruikersnaam|E-mailadres|Status|Laatst ingelogd|Aangemaakt op',
    'userName=Gebruikersnaam, id=Gebruikersnaam, emails=E-mailadres, status=Status, lastLoginAt=Laatst ingelogd, createdAt=Aangemaakt op',
  ],
  [
    'account',
    'Nazwa użytkownika|Adres e-mail|Status konta|Ostatnie logowanie|Data utworzenia',
    'userName=Nazwa użytkownika, id=Nazwa użytkownika, emails=Adres e-mail, status=Status konta, lastLoginAt=Ostatnie logowanie, createdAt=Data utworzenia',
  ],
  [
    'account',
    'Användarnamn|E-post|Kontostatus|Senaste inloggning',
    'userName=Användarnamn, id=Användarnamn, emails=E-post, status=Kontostatus, lastLoginAt=Senaste inloggning',
  ],
  [
    'account',
    'ユーザーID|ユーザー名|メールアドレス|ステータス|最終ログイン日時|作成日時',
    'id=ユーザーID, userName=ユーザー名, emails=メールアドレス, status=ステータス, lastLoginAt=最終ログイン日時, createdAt=作成日時',
  ],
  [
    'account',
    'ログインID|氏名|メール|利用状況|最終アクセス日時',
    'userName=ログインID, id=ログインID, displayName=氏名, emails=メール, status=利用状況, lastLoginAt=最終アクセス日時',
  ],
  ['account', 'Email|MFA|SSO|Billing status', 'emails=Email, id=Email'],
  ['account', 'User name|User email|User status|Notes', 'userName=User name, id=User name, emails=User email, status=User status'],
  ['account', 'user.login|user.email|user.status', 'userName=user.login, id=user.login, emails=user.email, status=user.status'],
  ['account', 'Alias|Email|Secondary Email|Status', 'aliases=Alias, emails=Email, id=Email, aliases=Secondary Email, status=Status'],
  ['account', 'Account Owner|Account Name|Phone|Industry', ''],
  ['account', 'Manager Email|Email|Active?', 'manager=Manager Email, emails=Email, id=Email, status=Active?'],
  [
    'account',
    'GUID|sAMAccountName|mail|Enabled|LastLogonDate|whenCreated',
    'id=GUID, userName=sAMAccountName, emails=mail, status=Enabled, lastLoginAt=LastLogonDate, createdAt=whenCreated',
  ],
  [
    'account',
    'email|active|last_login_at|created_on|role|team',
    'emails=email, id=email, status=active, lastLoginAt=last_login_at, createdAt=created_on',
  ],
  ['account', 'Utilisateur|Email|Compte actif', 'userName=Utilisateur, id=Utilisateur, emails=Email, status=Compte actif'],
];

describe('a header', () => {
  it.each(CASES.map(([role, header, means]) => [role, header, means] as const))('of %s: %s', (role, header, means) => {
    // A header alone: with no rows, nothing that stands in a column speaks against its name.
    expect(meanings(role, header).join(', ')).toBe(means);
  });

  it('has more than sixty of them here, in ten languages', () => expect(CASES.length).toBeGreaterThan(60));
});

describe('the day of a rehire', () => {
  const text = 'ID|Hire Date|Termination Date|Rehire Date\n1|2020-01-01||\n2|2020-01-01|2022-03-01|2024-01-01';
  it('goes before the first day', () => expect(told('person', text).reading.fields.startAt).toEqual(['Rehire Date', 'Hire Date']));
  it('is asked for its order as well', () => {
    expect(told('person', text.replaceAll('2024-01-01', '03/04/2024')).questions.map(({ answer }) => answer)).toEqual(['=dmy']);
  });
});

describe('the one column of addresses', () => {
  it('is taken for that of the accounts', () => {
    expect(meanings('account', 'ID|Kontakt X\n1|ada@corp.example\n2|bob@corp.example')).toContain('emails=Kontakt X');
  });

  it.each([
    'Invited By',
    'Owner Email',
    'Approver',
    'Referred by',
    'Billing Email',
    'Emergency Contact Email',
    'HRBP Email',
    'created_by.email',
  ])('is not taken, where it is that of somebody else: %s', (name) => {
    expect(meanings('account', `ID|${name}\n1|ada@corp.example\n2|bob@corp.example`)).toEqual(['id=ID']);
  });
});
