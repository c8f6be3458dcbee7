import { dnKey } from './dn';
import type { DirectoryEntry, DirectoryGroup } from './facts';

/** Who is in a group, groups within it included. */
export interface GroupMembers {
  /** Ids of people and of other entries. */
  readonly ids: ReadonlySet<string>;
  /** Names of members that the directory does not show: deleted, hidden from the account, or of another directory. */
  readonly unreadable: number;
  /** Whether it, or a group within it, names nobody. */
  readonly isEmpty: boolean;
}

/**
 * Answers who is in a group by its distinguished name; null: there is no such group. Groups may contain each other: each is
 * entered once.
 */
export function membersOfGroups(
  entries: readonly DirectoryEntry[],
  groups: readonly DirectoryGroup[],
): (groupDn: string) => GroupMembers | null {
  const idOf = new Map(entries.map(({ dn, id }) => [dnKey(dn), id]));
  const byDn = new Map(groups.map(({ dn, members }) => [dnKey(dn), members]));
  return (groupDn) => {
    const start = dnKey(groupDn);
    if (!byDn.has(start)) return null;
    const ids = new Set<string>();
    const unreadable = new Set<string>();
    const entered = new Set([start]);
    let isEmpty = false;
    for (const group of entered) {
      const members = byDn.get(group) ?? [];
      isEmpty ||= members.length === 0;
      for (const member of members.map(dnKey)) {
        const id = idOf.get(member);
        if (id !== undefined) ids.add(id);
        // A set that grows while it is walked is walked to its new end.
        else if (byDn.has(member)) entered.add(member);
        else unreadable.add(member);
      }
    }
    return { ids, unreadable: unreadable.size, isEmpty };
  };
}
