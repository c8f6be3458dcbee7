import { moneyText } from '../money-text';
import type { Language } from '../stage-reason-text';
import type { DecisionRefusal } from './approved-amount';
import type { ApprovalFacts } from './facts';

/** Why a decision had no effect, for the person who made it. */
export function refusedDecisionText(refusal: DecisionRefusal, approval: ApprovalFacts, language: Language): string {
  const amount = moneyText(approval.amountInBase);
  const limit = approval.decision?.deciderLimit ? moneyText(approval.decision.deciderLimit) : '';
  const en: Readonly<Record<DecisionRefusal, string>> = {
    'own-request': 'Your decision had no effect: you cannot decide on your own request. The request stays open.',
    'no-role': 'Your decision had no effect: deciding needs the role Budget Approver. The request stays open.',
    'over-limit': `Your decision had no effect: ${amount} is over your approval limit of ${limit}. The request stays open.`,
  };
  const fr: Readonly<Record<DecisionRefusal, string>> = {
    'own-request':
      'Votre décision est sans effet\u00a0: vous ne pouvez pas décider de votre propre demande. La demande reste ouverte.',
    'no-role':
      'Votre décision est sans effet\u00a0: le rôle Approbateur du budget est requis. La demande reste ouverte.',
    'over-limit': `Votre décision est sans effet\u00a0: ${amount} dépasse votre limite d’approbation de ${limit}. La demande reste ouverte.`,
  };
  return (language === 3084 ? fr : en)[refusal];
}
