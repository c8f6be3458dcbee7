import type { Store } from '../../queue/store/store';

/** More deliveries wait for their commit than can be kept waiting. */
export class Overloaded extends Error {
  static readonly code = 'overloaded';
  readonly code = Overloaded.code;
}

/**
 * Refuses deliveries beyond `limit` waiting ones at once, so that a flood costs its senders a retry instead of everybody the
 * five seconds within which Jira wants its answer.
 */
export function limitInFlight(receive: Store['receive'], limit: number): Store['receive'] {
  let waiting = 0;
  return async (delivery) => {
    if (waiting >= limit) throw new Overloaded(`${waiting} deliveries are waiting for their commit`);
    waiting += 1;
    try {
      return await receive(delivery);
    } finally {
      waiting -= 1;
    }
  };
}
