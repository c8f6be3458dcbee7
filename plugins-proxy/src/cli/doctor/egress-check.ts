import type { Config } from '../../platform/config/read-config';
import { covers, entryText, placeOf } from '../../platform/config/host-list';
import { isLoopback } from '../../platform/config/residency';
import { parseHosts } from '../../connections/environment/parse-settings';
import { egressVariable } from '../../connections/environment/to-settings';
import {
  type EnvironmentVariables,
  readEnvironmentVariables,
} from '../../connections/environment/read-environment-variables';
import type { Session } from '../session';
import { type Check, type Finding, ok, skipped, warning } from './check';

const variable = egressVariable;
const remedy = `Make ${variable} in Dynamics and APPROVED_HOSTS of the service name the same hosts; a host that only one of them names is not called.`;

/** Hosts on other machines that this configuration calls with business data. */
export function calledHosts(config: Pick<Config, 'dataverse' | 'jira' | 'tempo'>): readonly string[] {
  const urls = [config.dataverse.url, config.dataverse.tokenUrl, config.jira.url, config.tempo?.url];
  const places = urls.flatMap((url) => (url === undefined ? [] : [placeOf(new URL(url))]));
  return [...new Set(places.filter(({ host }) => !isLoopback(host)).map(entryText))];
}

/** Pure: whether what Dynamics says may be called agrees with what the service calls and lets be called (R-1212). */
export function judgeEgress(
  variables: EnvironmentVariables,
  { called, approved }: { readonly called: readonly string[]; readonly approved: readonly string[] | null },
): Finding {
  const set = variables.get(variable);
  if (set === undefined || set.isDefault || set.value === null) return skipped(`${variable} was not set at the import`);
  const allowed = parseHosts({ name: variable, value: set.value });
  if (allowed === null) return skipped(`${variable} is empty`);
  const outside = called.filter((host) => !covers(allowed, host));
  const wider = (approved ?? []).filter((host) => !covers(allowed, host));
  const found = [
    ...(outside.length === 0 ? [] : [`called but not in ${variable}: ${outside.join(', ')}`]),
    ...(wider.length === 0 ? [] : [`in APPROVED_HOSTS but not in ${variable}: ${wider.join(', ')}`]),
    ...(approved === null ? [`APPROVED_HOSTS is not set, so that the service holds itself to no list`] : []),
  ];
  return found.length === 0 ? ok(allowed.join(', ')) : warning(found.join('; '), remedy);
}

/** Two lists hold the service: that of Dynamics, which people see, at each call, and its own from the start. */
export function egressCheck({ config, dataverse }: Pick<Session, 'config' | 'dataverse'>): Check {
  return {
    id: 'egress',
    title: 'Hosts that may be called, in Dynamics and of the service',
    needs: ['who-am-i'],
    remedy,
    look: async () =>
      judgeEgress(await readEnvironmentVariables(dataverse), {
        called: calledHosts(config),
        approved: config.residency.approvedHosts,
      }),
  };
}
