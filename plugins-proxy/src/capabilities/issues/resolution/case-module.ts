import {
  planResolution,
  type ResolutionAction,
  type ResolutionFacts,
  type ResolvingLink,
  ruleState,
} from '@crmjira/domain';
import type { DataverseClient } from '../../../clients/dataverse/dataverse-client';
import type { EnvironmentSettings } from '../../../connections/environment/environment-settings';
import type { Run, Session, SyncModule } from '../../../reconciler/sync-module';
import { timelineLanguage } from '../timeline/timeline-language';
import { applyResolution } from './apply-resolution';
import { failureLog } from './failure-log';
import { type CaseLink, readCase } from './read-case';
import { readResolvingLink, type ResolvingParts } from './read-resolving-links';

/** Stands before the colon of its job keys, e.g. `case:a1b2…`. */
export const caseKind = 'case';

/** What is known of a case; null: there is none. */
export interface CaseFacts {
  readonly resolution: ResolutionFacts | null;
  readonly ownerUserId: string | null;
}

export interface CaseParts extends ResolvingParts {
  readonly dataverse: DataverseClient;
  readonly environmentSettings: Pick<EnvironmentSettings, 'languageOf' | 'whoAmI'>;
}

function openSession(parts: CaseParts, run: Run<CaseFacts, ResolutionAction>): Session<CaseFacts, ResolutionAction> {
  const { dataverse, environmentSettings } = parts;
  /** The closed case takes no write: nothing more can be done until it is open. */
  let isSealed = false;
  /** Issues as they were read in this run, which writes nothing to Jira: what changes meanwhile has an event of its own. */
  const seen = new Map<string, ResolvingLink>();
  const readLink = async (link: CaseLink): Promise<ResolvingLink> => {
    const key = JSON.stringify([link.row.id, link.row.etag, link.rule]);
    const known = seen.get(key) ?? (await readResolvingLink(parts, link));
    seen.set(key, known);
    return known;
  };
  return {
    read: async () => {
      const rows = await readCase(dataverse.batched, run.id);
      if (rows === null) return { resolution: null, ownerUserId: null };
      const links = await Promise.all(rows.links.map(readLink));
      const { record, stored, ownerUserId } = rows;
      return { resolution: { record, rows: rows.resolutions, links, stored, storedEtag: record.etag }, ownerUserId };
    },
    plan: async ({ resolution }) => (resolution === null || isSealed ? [] : planResolution(resolution)),
    apply: async (action, { resolution, ownerUserId }, log) => {
      if (resolution === null) throw new Error('A case that is not there is not resolved.');
      const language = await timelineLanguage(environmentSettings, ownerUserId);
      isSealed = !(await applyResolution(dataverse, resolution.record, action, language, log));
      if (isSealed) run.logger.info({ action: action.kind }, 'not stored: the closed case takes no write');
    },
  };
}

/** Whether a case resolves by its issues, of all connections (R-1708). */
export function caseModule(parts: CaseParts): SyncModule<CaseFacts, ResolutionAction> {
  return {
    kind: caseKind,
    table: 'incident',
    open: (run) => openSession(parts, run),
    describe: (action) =>
      action.kind === 'resolve'
        ? 'resolve: the rule of its connections has become true'
        : `account: ${action.notice?.code ?? 'what has happened is kept'}`,
    report: failureLog,
    recover: () => null,
    explain: ({ resolution }) => ({
      isKnown: resolution !== null,
      fields: resolution === null ? [] : explained(resolution),
      lastFailure: null,
    }),
    // Its links have runs of their own, which this one says nothing of.
    versionOf: () => undefined,
  };
}

/** The case beside what its issues call for. */
function explained({ record, links }: ResolutionFacts): ReturnType<SyncModule<CaseFacts, never>['explain']>['fields'] {
  const { holds } = ruleState(links);
  const dynamics = record.closed ? 'closed' : 'open';
  const jira = holds ? 'resolved' : 'open';
  return [{ field: 'resolution', dynamics, jira, differs: record.closed !== holds }];
}
