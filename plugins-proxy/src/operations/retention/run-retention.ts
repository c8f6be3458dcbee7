import type { RetentionPolicy } from '@crmjira/domain';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { DataverseClient } from '../../clients/dataverse/dataverse-client';
import { classifyError } from '../../platform/errors/classify-error';
import type { Store } from '../../queue/store/store';
import type { Archive } from './archive/archive';
import { archiveRows } from './archive-rows';
import { forgetIssues } from './forget-issues';
import { purge } from './purge';
import { removeArchived } from './remove-archived';
import { removeCommands } from './remove-commands';
import {
  type ArchivingRule,
  type CommandRule,
  dueBefore,
  endedCommands,
  type RetentionRule,
  retentionRules,
  tableOf,
} from './retention-rules';

export interface RetentionContext {
  /** null: the queue belongs to the running service, which forgets old deliveries itself. */
  readonly store: Pick<Store, 'prune'> | null;
  readonly dataverse: Pick<DataverseClient, 'many'>;
  /** null: nothing is archived, what is due is counted. */
  readonly archive: Archive | null;
  /** The application user that may delete log rows and commands; null = they are left where they are. */
  readonly remover: Pick<DataverseClient, 'remove'> | null;
  readonly policy: RetentionPolicy;
  readonly now: () => Date;
  readonly logger: Logger;
  readonly dryRun?: boolean;
}

/** What a run did with one rule, or would do. */
export interface RetentionResult {
  readonly what: RetentionRule['what'];
  readonly before: string;
  /** Copied into the archive. */
  readonly archived: number;
  /** Gone from where they were. */
  readonly deleted: number;
  /** Forgotten for good, their years being over. */
  readonly purged: number;
  /** Rows past their time that are still there; null when they could not be counted. */
  readonly due: number | null;
  /** True when there are more than were counted. */
  readonly atLeast: boolean;
  /** What went wrong. */
  readonly error: string | null;
}

/** Rows counted at most: beyond it the exact number changes nothing for the reader. */
export const mostCounted = 5_000;

async function countDue(
  context: RetentionContext,
  rule: ArchivingRule | CommandRule,
  dueRows: string,
): Promise<Pick<RetentionResult, 'due' | 'atLeast'>> {
  const { entitySet, primaryId } = tableOf(rule);
  const query = { select: [primaryId], filter: dueRows, top: mostCounted };
  const due = (await context.dataverse.many(entitySet, query, z.unknown())).length;
  return { due, atLeast: due === mostCounted };
}

async function applyRemoval(
  context: RetentionContext,
  rule: CommandRule,
  result: RetentionResult,
): Promise<RetentionResult> {
  const { dataverse, remover, dryRun = false } = context;
  const dueRows = `${endedCommands(rule)} and createdon lt ${result.before}`;
  const deleted = remover === null || dryRun ? 0 : await removeCommands({ dataverse, remover }, dueRows);
  return { ...result, deleted, ...(await countDue(context, rule, dueRows)) };
}

async function applyArchiving(
  context: RetentionContext,
  rule: ArchivingRule,
  result: RetentionResult,
): Promise<RetentionResult> {
  const { archive, remover, policy, dryRun = false } = context;
  const dueRows = `${rule.since} lt ${result.before}`;
  if (archive === null) return { ...result, ...(await countDue(context, rule, dueRows)) };
  // In this order: nothing is removed that is not archived, nothing purged that may still be in Dataverse for want of a copy.
  const archived = await archiveRows({ ...context, archive, dryRun }, rule, policy);
  const deleted =
    rule.then === 'move' && remover !== null
      ? await removeArchived({ ...context, remover, archive, dryRun }, rule, policy)
      : 0;
  const purged = await purge({ ...context, archive, dryRun }, rule.what, policy);
  const counted = rule.then === 'move' ? await countDue(context, rule, dueRows) : { due: 0, atLeast: false };
  return { ...result, archived, deleted, purged, ...counted };
}

async function applyRule(context: RetentionContext, rule: RetentionRule): Promise<RetentionResult> {
  const before = dueBefore(rule, context.now(), context.policy).toISOString();
  const nothing = { what: rule.what, before, archived: 0, deleted: 0, purged: 0, due: 0, atLeast: false, error: null };
  try {
    if ('period' in rule) return await applyArchiving(context, rule, nothing);
    if (rule.then === 'remove') return await applyRemoval(context, rule, nothing);
    if (rule.then === 'forget') return { ...nothing, ...(await forgetIssues(context, before)) };
    const prunes = context.store !== null && context.dryRun !== true;
    return prunes ? { ...nothing, deleted: (await context.store?.prune(Date.parse(before))) ?? 0 } : nothing;
  } catch (thrown) {
    const error = classifyError(thrown).message;
    context.logger.warn({ what: rule.what, reason: error }, 'retention not applied');
    return { ...nothing, due: null, error };
  }
}

/** Applies every rule once; one that fails is reported and does not keep the others back (R-1107, R-1509). */
export async function runRetention(context: RetentionContext): Promise<readonly RetentionResult[]> {
  const results: RetentionResult[] = [];
  for (const rule of retentionRules) results.push(await applyRule(context, rule));
  const at = context.now().getTime();
  const changed = results.some(({ archived, deleted, purged }) => archived + deleted + purged > 0);
  if (context.dryRun !== true && changed && context.archive !== null)
    await context.archive.record({ kind: 'retention', id: new Date(at).toISOString(), at, content: results });
  context.logger.info({ results, dryRun: context.dryRun ?? false }, 'retention applied');
  return results;
}
