import { ADMINISTRATORS, SOFTWARE_USERS } from './defaults';

export const GROUPS: readonly string[] = [ADMINISTRATORS, SOFTWARE_USERS];

/** Groups have no row of their own; their ids are made from fixed numbers. */
export const groupId = (name: string) => `276f955c-63d7-42c8-9520-92d01dca06${String(10 + GROUPS.indexOf(name))}`;
