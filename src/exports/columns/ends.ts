import type { Given, Rows } from './given.js';
import { mostly, type ColumnLook } from './look.js';
import { meaningsOf } from './name-index.js';
import type { ColumnTold, Question } from './question.js';
import { shown } from './state.js';

export interface EndTold {
  readonly column?: string;
  readonly columns: readonly ColumnTold[];
  /** Columns of an end that may be put off, and that nobody has confirmed. */
  readonly perhaps: readonly string[];
  readonly questions: readonly Question[];
}

/** Beside such a column an end may be that of the leave. */
const OF_LEAVE =
  /\b(?:leave|absence|time[ _-]?off|vacation)[ _-]?(?:type|reason|code|policy)\b|abwesenheits|urlaubsart|type de congé|motif d.absence|tipo de (?:ausencia|licencia|licença)|tipo (?:di )?assenza|verloftype/iu;

/** Where the last day of people stands. A contract that ends may be renewed, and so may an account that expires. */
export function tellEnd({ looks, cells }: Rows, given: Given): EndTold {
  const named = given.columns.get('endAt');
  if (named !== undefined) {
    const [column] = named;
    return {
      ...(column === undefined ? {} : { column }),
      columns: named.map((name) => ({ column: name, as: 'endAt', why: 'as --map says' })),
      perhaps: [],
      questions: [],
    };
  }
  const hits = looks.flatMap((look, index) => {
    const hit = meaningsOf('person', look.name).find((one) => one.named === 'endAt' || one.named === 'contractEnd');
    return hit === undefined ? [] : [{ look, index, ...hit }];
  });
  const certain = hits.filter(({ named: as }) => as === 'endAt').sort((a, b) => a.rank - b.rank);
  const perhaps = hits
    .filter(({ named: as, look }) => as === 'contractEnd' && look.filled > 0 && looksDated(look))
    .map(({ look }) => look.name);
  const filled = certain.filter(({ look }) => look.filled > 0);
  const dated = filled.filter(({ look }) => looksDated(look));
  const [first, ...more] = dated;
  const [empty] = certain;
  if (first !== undefined && looks.some(({ name }) => OF_LEAVE.test(name))) {
    const about = `is ${shown(first.look.name)} the last day of somebody, or of a leave?`;
    return { columns: [], perhaps: [], questions: [askedOfEnd(first.look.name, about)] };
  }
  if (first === undefined) {
    // Its name says what it is, and its cells something else.
    const odd = filled.map(({ look }) => askedOfEnd(look.name, `does ${shown(look.name)} hold last days? What stands in it is no date`));
    if (odd.length > 0 || empty === undefined) return { columns: [], perhaps, questions: odd };
    return {
      column: empty.look.name,
      columns: [{ column: empty.look.name, as: 'endAt', why: 'by its name; nothing stands in it yet' }],
      perhaps: [],
      questions: [],
    };
  }
  const rivals = more.filter(({ index }) => cells.some((row) => row[index] !== row[first.index] && (row[index] ?? '') !== ''));
  if (rivals.length > 0) {
    const all = [first, ...rivals].map(({ look }) => look.name);
    const about = `which column is the last day: ${all.map(shown).join(' or ')}? They do not say the same`;
    return {
      columns: [],
      perhaps: [],
      questions: [
        {
          about,
          flag: '--map',
          answer: `.endAt=${first.look.name}`,
          or: all
            .slice(1)
            .map((name) => `.endAt=${name}`)
            .join(', '),
        },
      ],
    };
  }
  return {
    column: first.look.name,
    columns: [{ column: first.look.name, as: 'endAt', why: 'by its name and its dates' }],
    perhaps: [],
    questions: [],
  };
}

/** Of an end that may be put off: is it the last day? */
export function askedOfEnds(perhaps: readonly string[]): readonly Question[] {
  return perhaps.slice(0, 2).map((name) => askedOfEnd(name, `is ${shown(name)} the last day? Nothing else says who left`));
}

/** `all`: every column from which the last day may be read. */
export function askedOfEnd(name: string, about: string, all: readonly string[] = [name]): Question {
  const others = all.filter((one) => one !== name).map((one) => `.endAt=${one}`);
  return { about, flag: '--map', answer: `.endAt=${name}`, or: [...others, '--map NAME.endAt= if it is not'].join(', ') };
}

/** Is it a last day, and none that may be put off? */
export function isEndByName(name: string): boolean {
  return meaningsOf('person', name).find(({ named }) => named === 'endAt' || named === 'contractEnd')?.named === 'endAt';
}

export function looksDated(look: ColumnLook): boolean {
  return mostly(look.dates, look);
}
