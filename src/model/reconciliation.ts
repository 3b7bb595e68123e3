/** Both rows add up: the accounts to `accounts`, and the people to `expected`. */
export interface Reconciliation {
  readonly accounts: {
    readonly inSync: number;
    readonly stale: number;
    readonly orphaned: number;
    readonly conflict: number;
    readonly pending: number;
    readonly protected: number;
    readonly inactive: number;
    readonly inconclusive: number;
  };
  readonly people: {
    readonly expected: number;
    readonly present: number;
    readonly missing: number;
    readonly pending: number;
    readonly awaitingLogin: number;
    readonly notDeterminable: number;
  };
}
