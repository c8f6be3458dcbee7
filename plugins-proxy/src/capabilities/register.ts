import { type CapabilityName, defaultCapabilities } from '@crmjira/domain';
import type { EnvironmentSettings } from '../connections/environment/environment-settings';
import type { ApiOperation } from '../reconciler/api-operation';
import type { Capability } from '../reconciler/capability';
import { commandTriggers } from '../reconciler/command-triggers';
import { openCapabilities, type OpenCapabilities, type OpeningParts } from '../reconciler/open-capabilities';
import { testConnectionCommand } from '../reconciler/test-connection-command';
import { type MergedTriggers, mergeTriggers } from '../reconciler/triggers';
import { budget, type BudgetParts } from './budget';
import { type IntegrationParts, integrations } from './integrations';
import { testAnyCommand } from './integrations/commands/test-any';
import { type IssueParts, issues } from './issues';
import { runJira } from './issues/mirror/run-jira';
import { time, type TimeParts } from './time';

/** What the capabilities need of the process that they work in. */
export type CapabilityParts = OpeningParts & BudgetParts & IssueParts & TimeParts & IntegrationParts;

/** Every capability, one line each. */
const capabilities: readonly Capability<CapabilityParts>[] = [
  budget,
  issues,
  time,
  integrations<CapabilityParts>(runJira),
];

/** Opens every capability, on or off: what is off does nothing until it is switched on. */
export function openAll(parts: CapabilityParts): OpenCapabilities {
  const { receive } = parts.store;
  const test = testConnectionCommand(parts);
  const ofAny = receive === undefined ? test : testAnyCommand({ ...parts, store: { receive } }, test);
  return openCapabilities(capabilities, parts, [ofAny]);
}

/** What names the jobs of the capabilities that are on, and those of commands. */
export const triggersOf = (on: ReadonlySet<CapabilityName>): MergedTriggers =>
  mergeTriggers([commandTriggers, ...capabilities.filter(({ name }) => on.has(name)).map(({ triggers }) => triggers)]);

/** What other clients may ask of each capability in a person's name. */
export const apiOperations: readonly (ApiOperation<CapabilityParts> & { readonly capability: CapabilityName })[] =
  capabilities.flatMap(({ name, api = [] }) => api.map((one) => ({ ...one, capability: name })));

/** What is on by the settings as last read, for what cannot wait for them. */
export const lastCapabilities = (
  environmentSettings: Pick<EnvironmentSettings, 'lastSettings'>,
): ReadonlySet<CapabilityName> => environmentSettings.lastSettings()?.capabilities ?? defaultCapabilities;
