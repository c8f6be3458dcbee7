import {
  type CrmFacts,
  type Language,
  process,
  type Stage,
  stageFacts,
  stageGate,
  STAGES,
  stageReasonText,
} from '@crmjira/domain';

/** A move that somebody tries. */
export interface StageMove {
  readonly from: Stage;
  readonly to: Stage;
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
