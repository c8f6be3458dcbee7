import { moneyText } from '../money-text';
import { ApprovalStatus } from '../schema/generated/options';
import type { Language } from '../stage-reason-text';
import type { DecisionRefusal } from './approved-amount';
import type { ApprovalFacts } from './facts';

/** Why a decision had no effect, for the person who made it: a request has one decision, so it is used up by this one. */
export function refusedDecisionText(refusal: DecisionRefusal, approval: ApprovalFacts, language: Language): string {
  const amount = moneyText(approval.amountInBase, language);
  const limit = approval.decision?.deciderLimit ? moneyText(approval.decision.deciderLimit, language) : '';
  const en: Readonly<Record<DecisionRefusal, string>> = {
    'own-request':
      'Your decision had no effect: you cannot decide on your own request. The request can no longer be decided: ask for approval again.',
    'no-role':
      'Your decision had no effect: deciding needs the role Budget Approver. The request can no longer be decided: ask for approval again.',
    'over-limit': `Your decision had no effect: ${amount} is over your approval limit of ${limit}. The request can no longer be decided: ask for approval again.`,
  };
  const fr: Readonly<Record<DecisionRefusal, string>> = {
    'own-request':
      'Votre décision est sans effet\u00a0: vous ne pouvez pas décider de votre propre demande. Il n’est plus possible de décider de la demande\u00a0: demandez de nouveau l’approbation.',
    'no-role':
      'Votre décision est sans effet\u00a0: le rôle Approbateur du budget est requis. Il n’est plus possible de décider de la demande\u00a0: demandez de nouveau l’approbation.',
    'over-limit': `Votre décision est sans effet\u00a0: ${amount} dépasse votre limite d’approbation de ${limit}. Il n’est plus possible de décider de la demande\u00a0: demandez de nouveau l’approbation.`,
  };
  return (language === 3084 ? fr : en)[refusal];
}

export interface ReasonTexts {
  readonly subject: string;
  readonly description: string;
}

/**
 * What the owner is told when nothing was approved: what happened, why, and what to do next. The comment is the approver's
 * own words and stands as it was written.
 * @param comment null where the client that decided asked for none
 */
export function unapprovedTexts(
  outcome: ApprovalStatus,
  amount: string,
  comment: string | null,
  opportunityName: string,
  language: Language,
): ReasonTexts {
  const rejected = outcome === ApprovalStatus.Rejected;
  if (language === 3084) {
    return {
      subject: `${rejected ? 'Approbation du budget refusée' : 'Modifications du budget demandées'} - ${opportunityName}`,
      description: [
        rejected
          ? `La demande d’approbation de ${amount} a été refusée.`
          : `Des modifications ont été demandées avant d’approuver ${amount}.`,
        `Motif\u00a0: ${comment ?? 'aucun motif donné.'}`,
        'Ce qui était approuvé auparavant reste valable. Changez le montant du budget s’il le faut, puis demandez de nouveau l’approbation.',
      ].join('\n'),
    };
  }
  return {
    subject: `${rejected ? 'Budget approval rejected' : 'Budget changes requested'} - ${opportunityName}`,
    description: [
      rejected
        ? `The request to approve ${amount} was rejected.`
        : `Changes were requested before ${amount} is approved.`,
      `Reason: ${comment ?? 'none was given.'}`,
      'What was approved before still holds. Change the budget amount if need be, then ask for approval again.',
    ].join('\n'),
  };
}
