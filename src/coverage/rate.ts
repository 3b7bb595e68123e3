/** A stage is not `covered` below this rate, however many trials there are: one leaver in twenty is the most. */
export const COVERED_RATE = 0.95;
