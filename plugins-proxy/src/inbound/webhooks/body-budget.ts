/** Bytes of request bodies that the process holds at one time, over all connections. */
const mostBytes = 32 * 1024 * 1024;
/**
 * Bytes of each body that the budget does not count: ordinary deliveries still come in while somebody holds large bodies. The limit of
 * connections bounds their sum.
 */
const freeBytes = 16 * 1024;
/** Memory that a piece of a body takes beside its bytes: one that is sent byte by byte costs a hundred times its length. */
const pieceOverhead = 256;

/** The process holds as many bytes of bodies as it may. */
export class BodiesTooLarge extends Error {
  static readonly code = 'overloaded';
  readonly code = BodiesTooLarge.code;

  constructor() {
    super('too many bytes of request bodies are held at this moment');
    this.name = 'BodiesTooLarge';
  }
}

/** What one body takes of the budget. */
export interface BodyAccount {
  /** @throws BodiesTooLarge when the piece must not be kept */
  take(bytes: number): void;
  /** Gives everything back; a second call does nothing. */
  close(): void;
}

/** The memory that bodies share, whoever sends them (F-303). */
export interface BodyBudget {
  open(): BodyAccount;
  /** Bytes that are taken now. */
  readonly taken: () => number;
}

/** @param most bytes beyond the free ones of each body */
export function createBodyBudget(most = mostBytes): BodyBudget {
  let taken = 0;
  return {
    taken: () => taken,
    open: () => {
      let held = 0;
      const charged = (): number => Math.max(0, held - freeBytes);
      return {
        take: (bytes) => {
          const before = charged();
          held += bytes + pieceOverhead;
          const more = charged() - before;
          if (taken + more > most) {
            held -= bytes + pieceOverhead;
            throw new BodiesTooLarge();
          }
          taken += more;
        },
        close: () => {
          taken -= charged();
          held = 0;
        },
      };
    },
  };
}
