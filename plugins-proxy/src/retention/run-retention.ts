import { CommandState, tables } from '@crmjira/domain';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { DataverseClient } from '../dataverse/dataverse-client';
import { classifyError } from '../errors/classify-error';
import type { Store } from '../store/store';
import { dueBefore, type RetentionRule, retentionRules } from './retention-rules';

export interface RetentionContext {
  readonly store: Pick<Store, 'prune'>;
  readonly dataverse: Pick<DataverseClient, 'many'>;
  readonly now: () => Date;
  readonly logger: Logger;
}

/** What a run did with one rule. */
export interface RetentionResult {
  readonly what: RetentionRule['what'];
  readonly before: string;
  readonly deleted: number;
  /** Rows past their time that are still there; null when they could not be counted. */
  readonly due: number | null;
  /** True when there are more than were counted. */
  readonly atLeast: boolean;
}

/** Rows counted at most: beyond it the exact number changes nothing for the reader. */
export const mostCounted = 5_000;

/** Commands that a person still waits for are not past their time, however old. */
const ended = [CommandState.Done, CommandState.Refused, CommandState.Failed];
const filters = {
  crmjira_command: `(${ended.map((state) => `crmjira_command_state eq ${state}`).join(' or ')}) and `,
  crmjira_integration_log: '',
} as const;

async function countDue(context: RetentionContext, table: keyof typeof filters, before: string): Promise<number> {
  const { entitySet, primaryId } = tables[table];
  const query = { select: [primaryId], filter: `${filters[table]}createdon lt ${before}`, top: mostCounted };
  return (await context.dataverse.many(entitySet, query, z.unknown())).length;
}

/** Applies every rule once; one that fails is reported and does not keep the others back. */
export async function runRetention(context: RetentionContext): Promise<readonly RetentionResult[]> {
  const results: RetentionResult[] = [];
  for (const rule of retentionRules) {
    const before = dueBefore(rule, context.now());
    const base = { what: rule.what, before: before.toISOString(), deleted: 0, due: 0, atLeast: false };
    try {
      if (rule.what === 'deliveries') results.push({ ...base, deleted: await context.store.prune(before.getTime()) });
      else {
        const due = await countDue(context, rule.what, base.before);
        results.push({ ...base, due, atLeast: due === mostCounted });
      }
    } catch (error) {
      context.logger.warn({ what: rule.what, reason: classifyError(error).message }, 'retention not applied');
      results.push({ ...base, due: null });
    }
  }
  context.logger.info({ results }, 'retention applied');
  return results;
}
