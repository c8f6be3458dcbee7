import { budgetSources } from '@crmjira/domain';
import type { BudgetSource } from '../../capabilities/budget/source/budget-source';
import type { DataverseClient } from '../../clients/dataverse/dataverse-client';
import { memoize } from '../../clients/dataverse/memoize';
import { type Provider, requireFound } from '../../connections/providers/provider';
import type { ProbeResult } from '../../platform/errors/probe-result';
import { probe } from './probe';

export interface SideProbesContext {
  readonly dataverse: Pick<DataverseClient, 'whoAmI'>;
  readonly jira: Pick<Provider<unknown>, 'test'>;
  /** As the settings name it; null before they were read. @throws IntegrationError for one that is not set up */
  readonly budgetSource: () => Promise<BudgetSource | null>;
  readonly now: () => Date;
}

/** Each asks its side with a request that leaves: what is remembered of a side says nothing of how it is now (F-503). */
export interface SideProbes {
  readonly dataverse: () => Promise<ProbeResult>;
  readonly jira: () => Promise<ProbeResult>;
  /** `unknown` while it is not known which source is meant. */
  readonly budgetSource: () => Promise<ProbeResult | 'unknown'>;
}

/**
 * A probe's result is reused this long, in milliseconds, so that monitors do not load the other side; with the time that a probe may
 * take, a fault is told well within 30 s.
 */
const keepMs = 10_000;

/** Makes the probes that health and recovery share. */
export function createSideProbes({ dataverse, jira, budgetSource, now }: SideProbesContext): SideProbes {
  const remembered = <T>(ask: () => Promise<T>): (() => Promise<T>) => memoize(ask, keepMs, () => now().getTime());
  const askedJira = remembered(() => probe(async () => requireFound(await jira.test()), now, 'jira-unavailable'));
  /** `in-jira`: a source that lies in Jira is asked nothing, it answers when Jira does. */
  const source = remembered(async (): Promise<ProbeResult | 'unknown' | 'in-jira'> => {
    let found: BudgetSource | null = null;
    const read = await probe(async () => (found = await budgetSource()), now);
    if (!read.ok) return read;
    // Assigned inside the probe, which the compiler does not follow.
    const { kind, probe: ask } = (found as BudgetSource | null) ?? { kind: null };
    if (kind === null) return 'unknown';
    return ask === undefined ? 'in-jira' : probe(ask, now, budgetSources[kind].away);
  });
  return {
    dataverse: remembered(() => probe(() => dataverse.whoAmI(), now, 'dataverse-unavailable')),
    jira: askedJira,
    budgetSource: async () => {
      const asked = await source();
      return asked === 'in-jira' ? askedJira() : asked;
    },
  };
}
