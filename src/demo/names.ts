import type { Random } from './random.js';

const words = (text: string): readonly string[] => text.trim().split(/\s+/);

const GIVEN = words(`
  Ada Alba Alma Amara Amir Ana Anders Anika Anouk Arjun Asha Astrid Aylin Bao Beatriz Benedikt Björn Bruno Camille Carlos Cem Chiara
  Clara Dalia Daniel Daria Diego Edda Eleni Elif Elias Emeka Emil Enzo Esra Eva Farid Fatou Felix Femke Finn Freya Gabriel Gita Greta
  Hana Hannes Hassan Helene Hugo Ida Ikram Ilse Imani Inés Ines Irina Ivan Jana Jasper Jin Joana Joel Jonas José Judit Kaan Kamil Karim
  Katja Kofi Lars Laszlo Leila Lena Leon Lin Linnea Lucía Luis Maja Malik Mara Marek Marie Marta Mateo Maya Mehmet Mila Milan Mina Nadia
  Naomi Nils Noor Olga Olu Oskar Pablo Paula Petra Pia Piotr Priya Rafael Rana Ravi Renée Rosa Ruth Samir Sana Sara Selin Sofia Søren
  Stefan Sunil Tamar Tariq Thea Theo Tim Tomás Tuva Uma Vera Victor Wanda Yara Yusuf Zeynep Zoë`);

const FAMILY = words(`
  Abebe Adeyemi Aguilar Ahmadi Almeida Amsel Andersen Aksoy Bachmann Bakker Balogun Barbosa Becker Bergström Bianchi Björk Blum Boateng
  Bogdan Brandt Çelik Chowdhury Costa Cruz Dahl Danso Demir Diallo Dietrich Dubois Durand Eriksen Esposito Falk Farkas Fernández Ferrari
  Fischer Fofana Fournier Friis Fuchs García Gashi Gomes Graf Grünwald Gupta Haas Hakimi Halonen Hansen Haugen Herrmann Hoang Hoffmann
  Horvat Huber Ibrahim Ivanova Jansen Jensen Jovanović Kaiser Kamau Kang Kapoor Karlsson Kaya Keller Khalil Kim Klein Koch König Kovač
  Kowalski Krüger Kumar Lang Larsen Laurent Lehmann Leroy Lindqvist Łukasik Mahler Makinen Marino Martins Mbeki Meier Mendes Moreau
  Moretti Müller Nagy Nakamura Ndiaye Nguyễn Nielsen Novak Nowak Obi Öberg Okafor Olsen Oliveira Osei Øster Özdemir Pereira Petrov Popescu
  Quist Rahimi Rao Reyes Ricci Richter Rojas Romano Rossi Roux Sánchez Santos Sato Schäfer Schneider Schulz Sharma Silva Singh Sokolov
  Sørensen Strauß Svensson Szabó Takahashi Tanaka Teixeira Thomsen Toth Traoré Tremblay Tudor Ueda Vargas Vasquez Vogel Wagner Walter
  Weiß Wójcik Yamamoto Yıldız Zhang Zieliński Zimmer`);

/** Names in other scripts: nothing of them survives in an address, so the address was made by hand. */
const OTHER_SCRIPTS: readonly (readonly [given: string, family: string, local: string])[] = [
  ['太郎', '山田', 'taro.yamada'],
  ['Ольга', 'Соколова', 'olga.sokolova'],
  ['Σωκράτης', 'Παπαδόπουλος', 'sokratis.papadopoulos'],
  ['ליאת', 'כהן', 'liat.cohen'],
  ['민준', '박', 'minjun.park'],
  ['فاطمة', 'الزهراء', 'fatima.alzahra'],
  ['สมชาย', 'ใจดี', 'somchai.jaidee'],
  ['Дмитро', 'Шевченко', 'dmytro.shevchenko'],
];

export interface PersonName {
  readonly givenName: string;
  readonly familyName: string;
  /** The part before the @, unique in the company. */
  readonly local: string;
}

/** Draws names without repeating an address; every so often one in another script, until those are used up. */
export class NameDesk {
  readonly #taken = new Set<string>();
  readonly #others: (readonly [string, string, string])[];
  #drawn = 0;

  constructor(private readonly random: Random) {
    this.#others = random.shuffle(OTHER_SCRIPTS);
  }

  draw(): PersonName {
    if (++this.#drawn % 23 === 0) {
      const other = this.#others.pop();
      if (other !== undefined) return { givenName: other[0], familyName: other[1], local: this.#claim(other[2]) };
    }
    return this.named(this.random.pick(GIVEN), this.random.pick(FAMILY));
  }

  /** The same two words again get the next number: anna.berg, anna.berg2. */
  named(givenName: string, familyName: string): PersonName {
    return { givenName, familyName, local: this.#claim(`${latin(givenName)}.${latin(familyName)}`) };
  }

  /** A family name other than this one, for a marriage. */
  newFamily(not: string): string {
    const drawn = this.random.pick(FAMILY);
    return drawn === not ? this.newFamily(not) : drawn;
  }

  #claim(wanted: string): string {
    let local = wanted;
    for (let n = 2; this.#taken.has(local); n++) local = `${wanted}${n}`;
    this.#taken.add(local);
    return local;
  }
}

/** Letters that no decomposition turns into Latin ones. */
const LETTERS: Readonly<Record<string, string>> = { ø: 'o', ł: 'l', ß: 'ss', ı: 'i', đ: 'd', æ: 'ae', þ: 'th' };

/** What an address makes of a name: `Søren` is `soren`, `Nguyễn` is `nguyen`. */
export function latin(name: string): string {
  const plain = name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  return plain.replace(/[^a-z]/g, (letter) => LETTERS[letter] ?? '');
}

export const DEPARTMENTS = ['Engineering', 'Sales', 'Support', 'Finance', 'Marketing', 'People', 'Operations', 'Legal'] as const;
export type Department = (typeof DEPARTMENTS)[number] | 'Management';

const TITLES: Readonly<Record<Department, readonly string[]>> = {
  Management: ['Chief Executive Officer'],
  Engineering: ['Software Engineer', 'Senior Software Engineer', 'Test Engineer', 'Site Reliability Engineer', 'Data Engineer'],
  Sales: ['Account Executive', 'Senior Account Executive', 'Sales Engineer', 'Partner Manager'],
  Support: ['Support Agent', 'Senior Support Agent', 'Support Engineer'],
  Finance: ['Accountant', 'Senior Accountant', 'Controller'],
  Marketing: ['Content Editor', 'Campaign Planner', 'Event Planner'],
  People: ['Recruiter', 'People Partner', 'Payroll Specialist'],
  Operations: ['Buyer', 'Facilities Planner', 'Logistics Planner'],
  Legal: ['Counsel', 'Senior Counsel', 'Compliance Analyst'],
};

/** A title of the department, other than `not`. */
export function titleIn(department: Department, random: Random, not = ''): string {
  return random.pick(TITLES[department].filter((title) => title !== not));
}
