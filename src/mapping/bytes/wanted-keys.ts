/** A key that somebody wants to know of, in an object or in one of the objects in it. */
export interface Want {
  /** -1: only what is in its object is wanted. */
  slot: number;
  inside: Keys | undefined;
  /** Slots of all that is wanted in its object. */
  readonly within: number[];
  /** It reads as a path of two keys: only the parser can tell which is meant. */
  isDoubtful: boolean;
  /** The record in which it came last. */
  record: number;
}

/** The keys of one object of a record. */
export class Keys {
  readonly wants = new Map<string, Want>();
  /** Keys at their place in the object before: mostly the next object has the same there. */
  readonly before: Uint8Array[] = [];
  readonly known: (Want | undefined)[] = [];

  want(key: string): Want {
    const found = this.wants.get(key) ?? { slot: -1, inside: undefined, within: [], isDoubtful: false, record: -1 };
    this.wants.set(key, found);
    return found;
  }

  /** Wants what stands at this path. */
  add(steps: readonly string[], slot: number): void {
    const [key = '', ...rest] = steps;
    for (let end = 2; end <= steps.length; end++) this.want(steps.slice(0, end).join('.')).isDoubtful = true;
    const want = this.want(key);
    if (rest.length === 0) {
      want.slot = slot;
      return;
    }
    want.within.push(slot);
    (want.inside ??= new Keys()).add(rest, slot);
  }
}
