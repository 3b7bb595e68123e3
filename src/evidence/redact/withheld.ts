/** Stands in a pack for a free text. */
export const WITHHELD = 'withheld';
