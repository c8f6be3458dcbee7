import { defaultCapabilities } from '@crmjira/domain';
import { triggersOf } from '../../plugins-proxy/src/capabilities/register';

/** What names jobs in an environment that has not said what is switched on. */
export const defaultTriggers = () => triggersOf(defaultCapabilities);
