import { connectionOperations } from './connections-api';
import { historyOperations } from './history-api';
import { issueOperations } from './issues-api';
import { syncOperations } from './sync-api';

export type { TimeApiParts } from './api-parts';

/** What other clients may ask of time in a person's name (R-1801, R-1804, R-1806 to R-1808). */
export const timeApi = [...connectionOperations, ...issueOperations, ...syncOperations, ...historyOperations];
