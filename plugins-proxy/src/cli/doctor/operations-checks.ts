import { isLoopback } from '../../platform/config/residency';
import type { SecretFacts } from '../../platform/secrets/collect-secrets';
import { ageLimits, agesOf, type SecretAge, standardAgeLimits } from '../../platform/secrets/secret-ages';
import type { Session } from '../session';
import { withAgesOfService } from './ages-of-service';
import { type Check, failed, ok, skipped, warning } from './check';

const rotate = 'Run "crmjira rotate-secrets --due": it exchanges what it can and says what a person must do.';

/** Where the service runs and whom it may call; a wrong region or host has refused the configuration already (R-1221). */
function residencyCheck({ config }: Session): Check {
  const { region, approvedHosts } = config.residency;
  const away = [config.dataverse.url, config.jira.url].some((url) => !isLoopback(new URL(url).hostname));
  return {
    id: 'residency',
    title: 'Region and hosts',
    remedy: '',
    look: async () => {
      const where = region === null ? 'not in an Azure region that says its name' : `in ${region}`;
      if (approvedHosts === null && away)
        return warning(
          `${where}; nobody has listed the hosts that may be called`,
          'Set APPROVED_HOSTS to the hosts of Jira, database and collector, e.g. "acme.atlassian.net".',
        );
      return ok(`${where}; ${approvedHosts === null ? 'nothing leaves this machine' : approvedHosts.join(', ')}`);
    },
  };
}

const words = (age: SecretAge): string => {
  const left = age.daysLeft === null ? '' : `, ${Math.floor(age.daysLeft)} days left`;
  return `${age.name} (${age.ageDays === null ? 'age unknown' : `${Math.floor(age.ageDays)} days old`}${left})`;
};

/** Ages of the secrets against `crmjira_TokenRotationDays` and `crmjira_TokenMaxDays` (R-1218). */
function agesCheck(session: Session, facts: readonly SecretFacts[], now: () => Date): Check {
  return {
    id: 'secret-ages',
    title: 'Age of secrets',
    remedy: '',
    look: async () => {
      const { config, environmentSettings } = session;
      // Whether the settings can be read is another check's finding.
      const settings = await environmentSettings.settings().catch(() => null);
      const limits = settings === null ? standardAgeLimits : ageLimits(settings.thresholds);
      const ages = agesOf(await withAgesOfService(session, facts, now()), config.expiries, now(), limits);
      const of = (...states: SecretAge['state'][]) => ages.filter(({ state }) => states.includes(state));
      const [over, due, known] = [of('over'), of('due', 'ending'), of('fresh', 'due', 'ending', 'over')];
      if (over.length > 0) return failed(`${over.map(words).join(', ')}; ${limits.limit} days at most`, rotate);
      if (due.length > 0) return warning(`due: ${due.map(words).join(', ')}`, rotate);
      if (known.length === 0)
        return skipped(
          'the service does not answer, and secrets in variables show no age; give them as files or from a vault',
        );
      return ok(`${known.length} of ${ages.length} known, none due`);
    },
  };
}

/** What must be so for the service to be run, beyond that it works. */
export const operationsChecks = (
  session: Session,
  facts: readonly SecretFacts[],
  now: () => Date,
): readonly Check[] => [residencyCheck(session), agesCheck(session, facts, now)];
