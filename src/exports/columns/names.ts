/** What a column may mean, beside the state of a person or the status of an account. */
export type Meaning =
  | 'id'
  | 'userName'
  | 'emails'
  | 'aliases'
  | 'employeeId'
  | 'externalId'
  | 'givenName'
  | 'familyName'
  | 'displayName'
  | 'department'
  | 'title'
  | 'manager'
  | 'kind'
  | 'startAt'
  | 'endAt'
  | 'createdAt'
  | 'changedAt'
  | 'updatedAt'
  | 'lastLoginAt'
  | 'deactivatedAt';

/** `state`: words. `on`, `off`: a flag, or words of which one has the column's name. `contractEnd`: an end that may be put off. `private`: no address of the company. */
export type Named = Meaning | 'state' | 'on' | 'off' | 'contractEnd' | 'private';

export const LANGUAGES = {
  en: 'English',
  de: 'German',
  fr: 'French',
  es: 'Spanish',
  pt: 'Portuguese',
  it: 'Italian',
  nl: 'Dutch',
  pl: 'Polish',
  sv: 'Swedish',
  ja: 'Japanese',
} as const;
export type Language = keyof typeof LANGUAGES;

export type Names = Readonly<Partial<Record<Named, Readonly<Partial<Record<Language, string>>>>>>;

/** Names of columns of both, best first; whose it is (`user`, `employee`) is taken away before they are looked up. */
export const SHARED_NAMES: Names = {
  userName: {
    en: 'user principal name|UPN|user name|username|login|login name|user login|logon name|sam account name|SAMAccountName|sign-in name|user|network id|AD username',
    de: 'Benutzername|Anmeldename|Login-Name|Benutzerkennung|Kennung|Nutzername|Benutzer|Userkennung',
    fr: "nom d'utilisateur|identifiant|identifiant de connexion|login|nom de connexion|nom du compte|utilisateur",
    es: 'nombre de usuario|usuario|inicio de sesión|nombre de cuenta|login',
    pt: 'nome de usuário|nome de utilizador|usuário|login|utilizador',
    it: 'nome utente|utente|nome account|login',
    nl: 'gebruikersnaam|inlognaam|gebruiker|accountnaam',
    pl: 'nazwa użytkownika|login|użytkownik|nazwa konta',
    sv: 'användarnamn|inloggningsnamn|användare',
    ja: 'ユーザー名|ユーザ名|ログイン名|ログインID|アカウント名',
  },
  emails: {
    en: 'work email|work email address|business email|business email address|company email|corporate email|official email|primary email|primary email address|email|e-mail|email address|mail|emails|email id|email work|email - work|primary work email|login email|company email address|contact email',
    de: 'E-Mail-Adresse|E-Mail|Mailadresse|Mail|E-Mail geschäftlich|geschäftliche E-Mail|geschäftliche E-Mail-Adresse|E-Mail dienstlich|dienstliche E-Mail|Firmen-E-Mail|Email-Adresse|E-Mail (Arbeit)',
    fr: 'adresse e-mail|e-mail|email|courriel|adresse mail|mail|adresse électronique|adresse de messagerie|e-mail professionnel|adresse e-mail professionnelle|email professionnel|mail professionnel|adresse de courriel',
    es: 'correo electrónico|correo|e-mail|email|dirección de correo electrónico|correo corporativo|correo electrónico corporativo|email corporativo|dirección de correo|correo de empresa|correo laboral',
    pt: 'e-mail|email|endereço de e-mail|endereço de email|e-mail corporativo|correio eletrônico|correio electrónico|e-mail profissional|e-mail de trabalho',
    it: 'indirizzo e-mail|e-mail|email|posta elettronica|indirizzo di posta elettronica|e-mail aziendale|indirizzo email|email aziendale|mail',
    nl: 'e-mailadres|e-mail|email|zakelijk e-mailadres|werk e-mail|e-mail werk|mailadres|zakelijke e-mail',
    pl: 'adres e-mail|e-mail|email|adres email|służbowy e-mail|e-mail służbowy|adres poczty elektronicznej|mail',
    sv: 'e-postadress|e-post|epost|mejl|jobbmejl|e-post arbete',
    ja: 'メールアドレス|メール|電子メール|Eメール|E-mailアドレス|会社メールアドレス',
  },
  aliases: {
    en: 'alias|aliases|email aliases|alternate email|alternate email address|secondary email|secondary email address|other email|other emails|other mails|proxy addresses|additional emails|email alias|additional email',
    de: 'weitere E-Mail-Adressen|weitere E-Mail|Alias-Adressen|zweite E-Mail',
    fr: 'alias|autres adresses|e-mail secondaire|adresse secondaire',
    es: 'alias|correo secundario|correo alternativo|otros correos',
    pt: 'alias|e-mail secundário|e-mail alternativo',
    it: 'alias|e-mail secondaria|e-mail alternativa',
    nl: 'alias|alternatief e-mailadres|tweede e-mailadres',
    pl: 'alias|dodatkowy e-mail|alternatywny adres e-mail',
    sv: 'alias|alternativ e-post',
    ja: 'エイリアス|別メールアドレス|予備メールアドレス',
  },
  private: {
    en: 'personal email|private email|home email|personal email address|private email address|email personal|email - personal|email home|email - home|recovery email',
    de: 'private E-Mail|private E-Mail-Adresse|E-Mail privat|Privat-E-Mail',
    fr: 'e-mail personnel|adresse e-mail personnelle|mail personnel|courriel personnel|e-mail privé',
    es: 'correo personal|correo electrónico personal|email personal',
    pt: 'e-mail pessoal|email pessoal',
    it: 'e-mail personale|email personale|e-mail privata',
    nl: 'privé e-mail|privé e-mailadres|e-mail privé',
    pl: 'prywatny e-mail|e-mail prywatny|osobisty e-mail',
    sv: 'privat e-post|e-post privat',
    ja: '個人メールアドレス|私用メールアドレス',
  },
  employeeId: {
    en: 'employee id|employee number|employee no|employee #|employee code|emp id|emp no|emp #|emp code|personnel number|personnel id|personnel no|staff id|staff number|staff no|worker id|worker number|payroll id|payroll number|payroll no|badge number|associate id|file number|HRIS id|HR id|workday id|person number|company id|employee id number|clock number',
    de: 'Personalnummer|Personal-Nr|Pers.-Nr.|PersNr|Personalnr|Mitarbeiternummer|Mitarbeiter-Nr|MA-Nr|Mitarbeiter-ID|MA-Nummer|Stammnummer',
    fr: "matricule|numéro d'employé|numéro de salarié|numéro de matricule|n° employé|n° matricule|code salarié|matricule salarié|id employé|numéro du personnel",
    es: 'número de empleado|nº empleado|n.º de empleado|id de empleado|id empleado|código de empleado|matrícula|legajo|número de legajo|clave de empleado|núm empleado|no. de empleado',
    pt: 'matrícula|número de funcionário|número do funcionário|id do funcionário|código do funcionário|número do colaborador|nº de colaborador|registro|número mecanográfico|id do colaborador',
    it: 'matricola|numero dipendente|numero di matricola|codice dipendente|id dipendente|cod. dipendente|n. matricola',
    nl: 'personeelsnummer|medewerkernummer|personeelsnr|werknemersnummer|medewerker-id|personeels-id|registratienummer',
    pl: 'numer pracownika|nr pracownika|numer ewidencyjny|nr ewidencyjny|id pracownika|numer kadrowy|numer osobowy',
    sv: 'anställningsnummer|anställnings-id|anst.nr|personalnummer|anställningsnr',
    ja: '社員番号|従業員番号|社員ID|従業員ID|社員コード|従業員コード|職員番号|社員No',
  },
  externalId: { en: 'external id|externalId|SCIM id|SCIM external id|federation id|immutable id' },
  givenName: {
    en: 'first name|given name|forename|legal first name|preferred first name|first|fname|given names',
    de: 'Vorname|Rufname',
    fr: 'prénom|prénom usuel',
    es: 'nombre|nombres|nombre de pila|primer nombre',
    pt: 'primeiro nome|nome próprio',
    it: 'nome',
    nl: 'voornaam|roepnaam',
    pl: 'imię|imiona',
    sv: 'förnamn|tilltalsnamn',
    ja: '名|名前（名）',
  },
  familyName: {
    en: 'last name|family name|surname|legal last name|last|lname|preferred last name',
    de: 'Nachname|Familienname|Zuname',
    fr: 'nom de famille|nom|nom usuel',
    es: 'apellidos|apellido|primer apellido|apellido paterno',
    pt: 'sobrenome|apelido|último nome',
    it: 'cognome',
    nl: 'achternaam|familienaam',
    pl: 'nazwisko',
    sv: 'efternamn',
    ja: '姓|苗字',
  },
  displayName: {
    en: 'display name|full name|name|employee name|real name|preferred name|worker|complete name|legal name|common name',
    de: 'Anzeigename|Name|vollständiger Name|Vor- und Nachname',
    fr: "nom complet|nom|nom d'affichage|nom affiché|nom et prénom|prénom et nom",
    es: 'nombre completo|nombre|nombre para mostrar|nombre y apellidos|nombre y apellido',
    pt: 'nome completo|nome de exibição|nome',
    it: 'nome completo|nome|nome visualizzato|nome e cognome|nominativo',
    nl: 'volledige naam|weergavenaam|naam',
    pl: 'imię i nazwisko|nazwa wyświetlana|pełna nazwa|nazwisko i imię',
    sv: 'namn|fullständigt namn|visningsnamn',
    ja: '氏名|表示名|名前|フルネーム|社員名',
  },
  department: {
    en: 'department|dept|department name|org unit|organizational unit|organisation unit|business unit|division|home department|dept name',
    de: 'Abteilung|Bereich|Organisationseinheit|Abteilungsname',
    fr: 'service|département|direction',
    es: 'departamento|área|sector',
    pt: 'departamento|setor|área',
    it: 'reparto|dipartimento|ufficio|area',
    nl: 'afdeling',
    pl: 'dział|departament|wydział',
    sv: 'avdelning|enhet',
    ja: '部署|部門|所属|所属部署',
  },
  title: {
    en: 'job title|title|position|position title|business title|job|designation|role title|job position',
    de: 'Position|Funktion|Stelle|Stellenbezeichnung|Berufsbezeichnung|Jobtitel|Tätigkeit',
    fr: 'poste|intitulé du poste|fonction|intitulé de poste|titre du poste|emploi',
    es: 'puesto|cargo|puesto de trabajo|posición|título del puesto',
    pt: 'cargo|função|posição',
    it: 'mansione|qualifica|ruolo aziendale|posizione',
    nl: 'functie|functietitel|functienaam',
    pl: 'stanowisko|stanowisko pracy|funkcja',
    sv: 'befattning|titel|tjänst|yrkestitel',
    ja: '役職|職位|肩書き|職種',
  },
  manager: {
    en: 'manager|manager email|manager id|supervisor|supervisor email|line manager|line manager email|reports to|reporting to|manager upn|manager employee id|manager username|reports to email|supervisor id|manager work email|direct manager',
    de: 'Vorgesetzter|Vorgesetzte|Vorgesetzte/r|Führungskraft|Manager|E-Mail des Vorgesetzten|Teamleiter',
    fr: 'manager|responsable|supérieur hiérarchique|responsable hiérarchique|n+1',
    es: 'gerente|supervisor|jefe|responsable|manager|jefe directo|superior',
    pt: 'gestor|gerente|supervisor|superior|gestor direto|chefia',
    it: 'responsabile|manager|superiore|capo',
    nl: 'leidinggevende|manager|teamleider',
    pl: 'przełożony|kierownik|menedżer|bezpośredni przełożony',
    sv: 'chef|närmaste chef|ansvarig chef',
    ja: '上司|上長|マネージャー|管理者',
  },
};
