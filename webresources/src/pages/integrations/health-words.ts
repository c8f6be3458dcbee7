import { type Deployment, Health, type Language, deploymentLabels, failureSentence } from '@crmjira/domain';
import type { ChipView } from '@crmjira/form-data';
import type { PageFormat } from '../platform/page-format';

/** Words of the state of a connection, which every page that shows one has. */
type Say = (
  key: 'inactive' | 'unknown' | 'healthy' | 'attention' | 'down' | 'notTested' | 'tokenRefused' | 'slow',
  places?: Readonly<Record<string, string>>,
) => string;

/** How a connection does. */
export interface HealthFacts {
  readonly isActive: boolean;
  readonly health: Health;
  /** since when it does as it does */
  readonly since: string | null;
  /** why it does not do well, as the service words it, and by its code */
  readonly reason: string | null;
  readonly code: string | null;
  readonly responseMs: number | null;
  readonly limitMs: number | null;
  readonly testedOn: string | null;
}

/** Share of the time limit from which on an answer counts as slow. */
const SLOW = 0.8;

/** Code of a Jira that refuses the token. */
const REFUSED = 'jira-credentials';

/** Where it stands and what it is: `acme.atlassian.net · Cloud`. */
export function placeOf(
  { host, deployment }: { readonly host: string; readonly deployment: Deployment | null },
  language: Language,
): string {
  const kind =
    deployment === null ? '' : deploymentLabels[deployment satisfies Deployment][language].replace('Jira ', '');
  return [host, kind].filter(Boolean).join(' · ');
}

/** State of a connection: never colour alone. Pure. */
export function healthChip(
  { health, testedOn, isActive }: Pick<HealthFacts, 'health' | 'testedOn' | 'isActive'>,
  say: Say,
): ChipView {
  if (!isActive) return { tone: 'off', icon: 'Blocked', text: say('inactive') };
  if (testedOn === null && health === Health.Unknown)
    return { tone: 'off', icon: 'PlugDisconnected', text: say('unknown') };
  switch (health) {
    case Health.Healthy:
      return { tone: 'ok', icon: 'Completed', text: say('healthy') };
    case Health.Degraded:
      return { tone: 'warn', icon: 'Warning', text: say('attention') };
    case Health.Down:
      return { tone: 'over', icon: 'ErrorBadge', text: say('down') };
    default:
      return { tone: 'off', icon: 'PlugDisconnected', text: say('unknown') };
  }
}

/** Why it does not do well; empty where it does. Pure. */
export function reasonOf(
  facts: HealthFacts,
  say: Say,
  { format, language, now }: { readonly format: PageFormat; readonly language: Language; readonly now: string },
): string {
  const { health, code, reason, since, responseMs, limitMs, testedOn } = facts;
  if (health === Health.Unknown) return testedOn === null ? say('notTested') : '';
  if (health !== Health.Degraded && health !== Health.Down) return '';
  if (code === REFUSED && since !== null) return say('tokenRefused', { t: format.time(since, now) });
  if (code === null && responseMs !== null && limitMs !== null && responseMs >= limitMs * SLOW)
    return say('slow', { s: format.number(responseMs / 1_000, 1), l: format.number(limitMs / 1_000) });
  return code === null && reason === null ? '' : failureSentence(code, reason ?? '', language);
}

/** Whether a new token is what helps. */
export const needsToken = ({ health, code }: Pick<HealthFacts, 'health' | 'code'>): boolean =>
  health === Health.Down && code === REFUSED;
