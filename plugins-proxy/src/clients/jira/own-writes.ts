/** Jira tells of a write within this, in milliseconds; later the write accounts for nothing any more. */
const expectedWithinMs = 5 * 60_000;
/** Issues kept; the oldest is dropped first. */
const issuesKept = 1_000;

/** Writes to root issues by this process that Jira has not told of yet. */
export interface OwnWrites {
  /** Before the write is sent: its delivery may come before its answer. */
  expect(issueId: string): void;
  /** Whether a delivery about the issue can be one of those writes; each write accounts for one delivery. */
  take(issueId: string): boolean;
}

/** @param now milliseconds since 1970 */
export function createOwnWrites(now: () => number): OwnWrites {
  const writes = new Map<string, readonly number[]>();
  const open = (issueId: string): readonly number[] =>
    (writes.get(issueId) ?? []).filter((at) => now() - at < expectedWithinMs);
  return {
    expect: (issueId) => {
      const expected = [...open(issueId), now()];
      writes.delete(issueId);
      writes.set(issueId, expected);
      const [oldest] = writes.keys();
      if (writes.size > issuesKept && oldest !== undefined) writes.delete(oldest);
    },
    take: (issueId) => {
      const [first, ...others] = open(issueId);
      if (others.length > 0) writes.set(issueId, others);
      else writes.delete(issueId);
      return first !== undefined;
    },
  };
}
