import type { JobHandler } from '../../../reconciler/job-handler';
import type { TimeParts } from '../record/time-parts';
import { arrivalHandlers } from './arrive';
import { inboundSites } from './inbound-people';

export { followWorklogs, followWorklogsEveryMs } from './follow-worklogs';

/** Worklogs of Jira that arrive as time records. */
export const inboundHandlers = (parts: TimeParts): readonly JobHandler[] => arrivalHandlers(parts, inboundSites(parts));
