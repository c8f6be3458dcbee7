import type { GeneratedTableRows } from './generated/rows';
import type { PlatformTableRows } from './platform-rows';

/** Every table that plan() writes, by logical name. */
export type TableRows = PlatformTableRows & GeneratedTableRows;
