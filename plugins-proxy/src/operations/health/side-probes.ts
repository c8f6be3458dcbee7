import { budgetSources } from '@crmjira/domain';
import type { BudgetSource } from '../../capabilities/budget/source/budget-source';
import type { DataverseClient } from '../../clients/dataverse/dataverse-client';
import { memoize } from '../../clients/dataverse/memoize';
import type { JiraConnection } from '../../connections/jira/jira-connection';
import { perConnection } from '../../connections/jira/per-connection';
import type { JiraConnections } from '../../connections/jira/jira-connections';
import { requireFound } from '../../connections/providers/provider';
import type { ProbeResult } from '../../platform/errors/probe-result';
import { probe } from './probe';

export interface SideProbesContext {
  readonly dataverse: Pick<DataverseClient, 'whoAmI'>;
  readonly jira: Pick<JiraConnections, 'first' | 'known'>;
  /** Of a connection, as the settings name it; null before they were read. @throws IntegrationError for one that is not set up */
  readonly budgetSource: (connection: JiraConnection) => Promise<BudgetSource | null>;
  readonly now: () => Date;
}

/** Each asks its side with a request that leaves: what is remembered of a side says nothing of how it is now (F-503). */
export interface SideProbes {
  readonly dataverse: () => Promise<ProbeResult>;
  /** @param connectionId left out or null: the first connection */
  readonly jira: (connectionId?: string | null) => Promise<ProbeResult>;
  /** `unknown` while it is not known which source is meant. */
  readonly budgetSource: (connectionId?: string | null) => Promise<ProbeResult | 'unknown'>;
}

/**
 * A probe's result is reused this long, in milliseconds, so that monitors do not load the other side; with the time that a probe may
 * take, a fault is told well within 30 s.
 */
const keepMs = 10_000;

/** Makes the probes that health and recovery share. */
export function createSideProbes({ dataverse, jira, budgetSource, now }: SideProbesContext): SideProbes {
  const remembered = <T>(ask: () => Promise<T>): (() => Promise<T>) => memoize(ask, keepMs, () => now().getTime());
  const ofSite = perConnection((connection): SiteProbes => {
    const asked = remembered(() =>
      probe(async () => requireFound(await connection.provider.test()), now, 'jira-unavailable'),
    );
    /** `in-jira`: a source that lies in Jira is asked nothing, it answers when Jira does. */
    const source = remembered(async (): Promise<ProbeResult | 'unknown' | 'in-jira'> => {
      let found: BudgetSource | null = null;
      const read = await probe(async () => (found = await budgetSource(connection)), now);
      if (!read.ok) return read;
      // Assigned inside the probe, which the compiler does not follow.
      const { kind, probe: ask } = (found as BudgetSource | null) ?? { kind: null };
      if (kind === null) return 'unknown';
      return ask === undefined ? 'in-jira' : probe(ask, now, budgetSources[kind].away);
    });
    return {
      jira: asked,
      budgetSource: async () => {
        const answer = await source();
        return answer === 'in-jira' ? asked() : answer;
      },
    };
  });
  /** Of one that is not connected any more there is nothing to ask. */
  const probesOf = (id: string | null): SiteProbes | undefined => {
    const connection = id === null ? jira.first : jira.known(id);
    return connection === undefined ? undefined : ofSite(connection);
  };
  return {
    dataverse: remembered(() => probe(() => dataverse.whoAmI(), now, 'dataverse-unavailable')),
    jira: async (id = null) => (await probesOf(id)?.jira()) ?? { ok: false },
    budgetSource: async (id = null) => (await probesOf(id)?.budgetSource()) ?? { ok: false },
  };
}

/** Those of one connection. */
interface SiteProbes {
  readonly jira: () => Promise<ProbeResult>;
  readonly budgetSource: () => Promise<ProbeResult | 'unknown'>;
}
