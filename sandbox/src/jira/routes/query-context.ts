import type { Call } from '../api';
import type { QueryContext } from '../jql/compile-query';

/** Who asks a query, in which edition, and when. */
export function queryContext(call: Call): QueryContext {
  return { view: call.view, user: call.caller.user, now: new Date(call.site.now()) };
}
