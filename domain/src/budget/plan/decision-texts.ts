import { moneyText } from '../../money/money-text';
import { ApprovalStatus } from '../../schema/generated/options';
import type { Language } from '../../text/language';
import type { DecisionRefusal } from './approved-amount';
import type { ApprovalFacts } from './facts';

/**
 * Why a decision had no effect and what comes next, a line each, for the person who made it. A request has one decision, so it is used
 * up by this one; over the limit it is opened again, and those who can decide on it are named.
 */
export function refusedDecisionText(refusal: DecisionRefusal, approval: ApprovalFacts, language: Language): string {
  const amount = moneyText(approval.amountInBase, language);
  const limit = approval.decision?.deciderLimit ? moneyText(approval.decision.deciderLimit, language) : '';
  const deciders = (approval.reopening?.deciders ?? []).map(({ name }) => name);
  if (language === 3084) {
    const fr: Readonly<Record<DecisionRefusal, string>> = {
      'own-request': 'on ne peut approuver sa propre demande.',
      'no-role': 'le rôle Approbateur du budget est requis.',
      'over-limit': `${amount} dépasse votre limite d’approbation de ${limit}.`,
    };
    const usedUp = 'Cette demande est expirée. Demandez de nouveau l’approbation.';
    const open =
      deciders.length === 0
        ? 'La demande reste ouverte, mais personne d’autre ne peut décider de ce montant\u00a0: un administrateur peut attribuer le rôle Approbateur du budget ou relever une limite.'
        : `La demande reste ouverte. ${anyOf(deciders, 'fr-CA')} peut en décider; vous aussi, une fois votre limite relevée.`;
    return `Votre décision est sans effet\u00a0: ${fr[refusal]}\n${refusal === 'over-limit' ? open : usedUp}`;
  }
  const en: Readonly<Record<DecisionRefusal, string>> = {
    'own-request': 'you cannot decide on your own request.',
    'no-role': 'deciding needs the role Budget Approver.',
    'over-limit': `${amount} is over your approval limit of ${limit}.`,
  };
  const open =
    deciders.length === 0
      ? 'The request stays open, but nobody else can decide on this amount: an administrator can assign the role Budget Approver or raise a limit.'
      : `The request stays open. ${anyOf(deciders, 'en-CA')} can decide on it. So can you, once your limit has been raised.`;
  const usedUp = 'This request expired. Request approval again.';
  return `Your decision had no effect: ${en[refusal]}\n${refusal === 'over-limit' ? open : usedUp}`;
}

/** `A, B or C` */
function anyOf(names: readonly string[], locale: string): string {
  return new Intl.ListFormat(locale, { type: 'disjunction' }).format(names);
}

export interface ReasonTexts {
  readonly subject: string;
  readonly description: string;
}

/** What holds now that nothing was approved, and what comes next: for the owner's task and for the mail to whoever asked. */
export function nextAfterUnapproved(approvedBefore: boolean, language: Language): string {
  const [holds, next] =
    language === 3084
      ? [
          'L’approbation antérieure reste valable.',
          'Modifiez le montant du budget au besoin, puis demandez de nouveau l’approbation.',
        ]
      : ['The earlier approval remains in effect.', 'Change the budget amount if needed, then request approval again.'];
  return approvedBefore ? `${holds} ${next}` : next;
}

/**
 * What the owner is told when nothing was approved: what happened, why, and what to do next. The comment is the approver's
 * own words and stands as it was written.
 * @param comment null where the client that decided asked for none
 * @param approvedBefore something was approved before, which still holds
 */
export function unapprovedTexts(
  outcome: ApprovalStatus,
  amount: string,
  comment: string | null,
  approvedBefore: boolean,
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
        nextAfterUnapproved(approvedBefore, language),
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
      nextAfterUnapproved(approvedBefore, language),
    ].join('\n'),
  };
}
