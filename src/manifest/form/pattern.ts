import { UsageError } from '../../model/errors.js';
import { readPattern, type Node } from './pattern-syntax.js';
import { itemAt, numberAt } from '../../model/at.js';

/** Longer values match nothing: what parameters hold are names, ids and hosts. */
export const LONGEST_VALUE = 4096;
const LONGEST = 500;
/** Counts are written out: `(\d{1,200}){1,200}` would take 40,000. */
const MAX_STATES = 2000;

/** Goes on without reading a character, to `next`; where `at` is given, only there. */
interface Step {
  readonly next: number;
  readonly at?: 'start' | 'end';
}
interface State {
  readonly steps: Step[];
  /** Reads one character that it holds of, and goes on to `then`. */
  reads?: { readonly test: (character: string) => boolean; readonly then: number };
}

/**
 * The pattern of a manifest (a regular expression of ECMAScript, flag `u`) as a test of a whole text. It is run as a set of states, never by going
 * back: whatever the pattern, a text takes time in proportion to its length. An engine that goes back can take for ever on `(a+)+`.
 *
 * @throws {UsageError} says what is wrong with the pattern
 */
export function compilePattern(pattern: string): (text: string) => boolean {
  if (pattern.length > LONGEST) throw new UsageError(`the pattern is longer than ${LONGEST} characters`);
  const states: State[] = [];
  const state = (): number => {
    if (states.length === MAX_STATES) throw new UsageError(`the pattern is too large: its counts stand for more than ${MAX_STATES} steps`);
    return states.push({ steps: [] }) - 1;
  };
  const step = (from: number, next: number): unknown => states[from]?.steps.push({ next });
  /** Lays a part between two states. */
  const lay = (node: Node, from: number, to: number): void => {
    switch (node.kind) {
      case 'character':
        // One state reads one character: what comes before it goes on to a state of its own.
        return void step(from, reading(node.test, to));
      case 'edge':
        return void states[from]?.steps.push({ next: to, at: node.at });
      case 'one of':
        for (const one of node.nodes) lay(one, from, to);
        return;
      case 'all of': {
        const places = [from, ...node.nodes.slice(1).map(state), to];
        if (node.nodes.length === 0) step(from, to);
        node.nodes.forEach((one, i) => lay(one, numberAt(places, i), numberAt(places, i + 1)));
        return;
      }
      case 'repeated':
        return repeat(node, from, to);
    }
  };
  const reading = (test: (character: string) => boolean, then: number): number => {
    const made = state();
    itemAt(states, made).reads = { test, then };
    return made;
  };
  const repeat = ({ node, least, most }: Node & { kind: 'repeated' }, from: number, to: number): void => {
    let at = from;
    for (let done = 0; done < least; done++) lay(node, at, (at = state()));
    if (most === Infinity) {
      const round = state();
      step(at, round);
      lay(node, round, round);
      step(round, to);
      return;
    }
    step(at, to);
    for (let done = least; done < most; done++) {
      lay(node, at, (at = state()));
      step(at, to);
    }
  };
  const [first, last] = [state(), state()];
  lay(readPattern(pattern), first, last);
  return (text) => text.length <= LONGEST_VALUE && run(states, first, last, Array.from(text));
}

function run(states: readonly State[], first: number, last: number, text: readonly string[]): boolean {
  let now = spread(states, [first], 0, text.length);
  for (const [at, character] of text.entries()) {
    const next: number[] = [];
    for (const one of now) {
      const { reads } = itemAt(states, one);
      if (reads?.test(character) === true) next.push(reads.then);
    }
    if (next.length === 0) return false;
    now = spread(states, next, at + 1, text.length);
  }
  return now.has(last);
}

/** The states that are reached without reading. */
function spread(states: readonly State[], from: readonly number[], at: number, length: number): ReadonlySet<number> {
  const reached = new Set(from);
  // A set gives what is added while it is walked.
  for (const one of reached)
    for (const { next, at: edge } of itemAt(states, one).steps)
      if (edge === undefined || at === (edge === 'start' ? 0 : length)) reached.add(next);
  return reached;
}
