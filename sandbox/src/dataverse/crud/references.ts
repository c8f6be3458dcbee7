import type { Reference } from '../store/row';

/** The platform's own user, in whose name it writes. */
export const systemUserId = '5a8d2c1e-0000-4000-8000-0000000005e5';
export const organizationId = '5a8d2c1e-0000-4000-8000-00000000c0de';
export const rootBusinessUnitId = '5a8d2c1e-0000-4000-8000-0000000000b1';

export const userReference = (id: string): Reference => ({ table: 'systemuser', id: id });
