/** Privilege numbers of `Utility.hasEntityPrivilege`. */
export const PRIVILEGE = { create: 1, read: 2, write: 3 } as const;

/** Smallest depth: own rows. */
const BASIC = 0;

/**
 * Whether the client knows that this person may do this. It only decides what is offered; the server decides what happens.
 * Clients that cannot tell get the offer for a command, and none for a log or a task.
 */
export function mayDo(
  utils: Partial<Pick<ComponentFramework.Utility, 'hasEntityPrivilege'>> | undefined,
  table: string,
  privilege: (typeof PRIVILEGE)[keyof typeof PRIVILEGE],
): boolean {
  return utils?.hasEntityPrivilege?.(table, privilege, BASIC) ?? privilege === PRIVILEGE.create;
}
