/** Who may do a piece of work that one process does at a time. */
export interface Lease {
  /** Of the piece of work. */
  readonly name: string;
  /** Of the process, or of a part of it; a process that starts again is another owner. */
  readonly owner: string;
  /** Grows by one with each owner; 1 when it has no owner yet. */
  readonly term: number;
  /** One more with each renewal: who stops counting is gone. No clocks are compared. */
  readonly beat: number;
}

/**
 * Leases, changed only by a caller that knows what is stored. The store says neither when a lease ends nor who is alive: that is
 * for those who watch the beats (`LeaseKeeper`).
 */
export interface LeaseStore {
  /** The lease of each name that has one, in order of name. */
  leases(): Promise<readonly Lease[]>;
  /**
   * Stores a lease whose term follows on the one that is stored (term 1: on none). False when another came first: of many
   * who take the same term, one gets it.
   */
  takeLease(lease: Lease): Promise<boolean>;
  /** Stores a new beat. Resolves to false when the name now has another owner or term, or none. */
  renewLease(lease: Lease): Promise<boolean>;
  /** Forgets a lease of this owner and term, whatever its beat; another one stays. */
  dropLease(lease: Lease): Promise<void>;
}
