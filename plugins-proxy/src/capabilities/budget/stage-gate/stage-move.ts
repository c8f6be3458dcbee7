import {
  type CrmFacts,
  type Language,
  process,
  type Stage,
  type StageGoal,
  stageFacts,
  stageGate,
  STAGES,
  stageReasonText,
} from '@crmjira/domain';
import { IntegrationError } from '../../../platform/errors/integration-error';
import type { ProcessChange } from './read-change';

/** A move that somebody tries. */
export interface StageMove {
  readonly from: Stage;
  readonly to: StageGoal;
}

/** State and status reason of a process instance that is finished; an abandoned one has another reason (the platform's own). */
const INACTIVE = 1;
const FINISHED = 2;

/**
 * Where an update takes the process: to another stage, to its end, both or neither.
 * @throws IntegrationError for a stage that is none of the process
 */
export function goalsOf(change: Pick<ProcessChange, 'stageId' | 'state' | 'status'>): readonly StageGoal[] {
  const stage = change.stageId === undefined ? undefined : stageOf(change.stageId);
  if (change.stageId !== undefined && stage === undefined)
    throw new IntegrationError('The stage is none of this process.', {
      code: 'step-not-read',
      errorClass: 'permanent',
    });
  // Without a reason Dataverse takes the first one of the state, which is Finished.
  const finishes = change.status === FINISHED || (change.status === undefined && change.state === INACTIVE);
  return [...(stage === undefined ? [] : [stage]), ...(finishes ? ['Finished' as const] : [])];
}

/** The stage behind an id of the process; undefined for another process's. */
export function stageOf(id: string): Stage | undefined {
  return STAGES.find((stage) => process.stages[stage] === id.toLowerCase());
}

/** `$10,000` or `10 000 $`: as the form script writes it, so that both say the same words. */
export function amountText(major: number, currency: string, language: Language): string {
  return new Intl.NumberFormat(language === 3084 ? 'fr-CA' : 'en-CA', {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    minimumFractionDigits: Number.isInteger(major) ? 0 : 2,
  }).format(major);
}

/** Why a move is refused, in the language of the person who tries it; empty when it is allowed. Pure. */
export function refusalsOf(
  move: StageMove,
  crm: Pick<CrmFacts, 'opportunity' | 'mapping'>,
  budgetThreshold: number,
  language: Language,
): readonly string[] {
  const { opportunity, mapping } = crm;
  if (opportunity === null) return [];
  const verdict = stageGate(move, stageFacts(opportunity, mapping, budgetThreshold));
  return verdict.reasons.map((reason) =>
    stageReasonText(reason, language, (major) => amountText(major, opportunity.currency, language)),
  );
}
