import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import type { DataverseClient } from '../../clients/dataverse/dataverse-client';
import { readLastRotation, reviewRow, reviewText } from './credential-records';
import type { Refusal } from '../../platform/secrets/refusals';
import type { LiveConfig } from '../../platform/secrets/live-config';
import { type AgeLimits, agesOf, standardAgeLimits } from '../../platform/secrets/secret-ages';
import { writeOnce } from '../../clients/dataverse/write-once';

export interface ReviewContext {
  readonly live: LiveConfig;
  readonly dataverse: Pick<DataverseClient, 'many' | 'changeSet'>;
  readonly logger: Logger;
  readonly now: () => Date;
  /** As set in Dynamics; left out: the standard. */
  readonly limits?: () => AgeLimits;
}

async function review(context: ReviewContext, refusal: Refusal): Promise<void> {
  const { live, dataverse, now } = context;
  const limits = context.limits?.() ?? standardAgeLimits;
  const facts = live.facts();
  const { expiries, connectionId } = live.current();
  const text = reviewText(
    refusal,
    facts.find(({ name }) => name === refusal.name),
    agesOf(facts, expiries, now(), limits).find(({ name }) => name === refusal.name),
    await readLastRotation(dataverse, refusal.name),
    limits,
  );
  const tookMs = now().getTime() - refusal.at.getTime();
  // One a secret and day: the first keeps the moment at which it began.
  await writeOnce(dataverse, reviewRow(connectionId, refusal, text, randomUUID(), tookMs));
}

/** Keeps a review record of every credential that was refused meanwhile (R-1410); one that cannot be written yet waits. */
export async function reviewRefusals(context: ReviewContext): Promise<void> {
  for (const refusal of context.live.refusals.take()) {
    try {
      await review(context, refusal);
      context.logger.warn({ secret: refusal.name }, 'a credential was refused; its review record is in the log');
    } catch (error) {
      context.live.refusals.note(refusal);
      throw error;
    }
  }
}
