/** What an administrator switches on and off as a whole, by the names that `crmjira_Capabilities` takes (ADR-19). */
export const capabilityNames = ['budget', 'issues', 'time', 'integrations'] as const;
export type CapabilityName = (typeof capabilityNames)[number];

/** Those of an environment that has not said. */
export const defaultCapabilities: ReadonlySet<CapabilityName> = new Set(['budget']);
