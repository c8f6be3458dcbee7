import {
  type Guid,
  planResolution,
  type ResolutionAction,
  type ResolutionFacts,
  type ResolvingLink,
  ruleState,
} from '@crmjira/domain';
import type { DataverseClient } from '../../../clients/dataverse/dataverse-client';
import type { EnvironmentSettings } from '../../../connections/environment/environment-settings';
import type { Explained, ReadField, Run, Session, SyncModule } from '../../../reconciler/sync-module';
import { timelineLanguage } from '../timeline/timeline-language';
import { applyResolution } from './apply-resolution';
import { failureLog } from './failure-log';
import { type CaseLink, readCase } from './read-case';
import { readResolvingLink, type ResolvingParts } from './read-resolving-links';

/** Stands before the colon of its job keys, e.g. `case:a1b2…`. */
export const caseKind = 'case';

/** What is known of a case; null: there is none. */
export interface CaseFacts {
  readonly record: ResolutionFacts['record'] | null;
  /** null: its issues have not been read */
  readonly resolution: ResolutionFacts | null;
  /** Ids of its links to issues. */
  readonly links: readonly Guid[];
  readonly ownerUserId: string | null;
}

const noCase: CaseFacts = { record: null, resolution: null, links: [], ownerUserId: null };

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
    read: async (tell) => {
      const rows = await readCase(dataverse.batched, run.id);
      if (rows === null) return noCase;
      const { record, stored, ownerUserId } = rows;
      const known = { record, links: rows.links.map(({ row }) => row.id), ownerUserId };
      tell({ ...known, resolution: null });
      const links = await Promise.all(rows.links.map(readLink));
      return { ...known, resolution: { record, rows: rows.resolutions, links, stored, storedEtag: record.etag } };
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
    stepOf: (action) => ({
      kind: action.kind,
      about:
        action.kind === 'resolve'
          ? 'the rule of its connections has become true'
          : (action.notice?.code ?? 'what has happened is kept'),
    }),
    report: failureLog,
    recover: () => null,
    explain: explainCase,
    // Its links have runs of their own, which this one says nothing of.
    versionOf: () => undefined,
  };
}

/** The case beside what its issues call for; without links nothing is compared. Pure. */
function explainCase({ record, resolution, links }: CaseFacts): Explained {
  const state = resolution === null ? null : ruleState(resolution.links);
  const isClosed = record?.closed === true;
  const field: ReadField = {
    field: 'resolution',
    dynamics: isClosed ? 'closed' : 'open',
    jira: state && (state.holds ? 'resolved' : 'open'),
    differs: state !== null && isClosed !== state.holds,
    as: 'word',
  };
  return {
    isKnown: record !== null,
    fields: links.length === 0 ? [] : [field],
    lastFailure: null,
    partOf: links.map((id) => ({ table: 'crmjira_issue_link', id })),
  };
}
