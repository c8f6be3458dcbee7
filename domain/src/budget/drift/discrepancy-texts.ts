import { moneyText } from '../../money/money-text';
import { budgetStatusLabels } from '../../schema/generated/options';
import type { MappingFacts } from '../plan/facts';
import type { Language } from '../../text/language';
import type { ResolutionRefusal, ResolutionRequest } from './resolve-discrepancy';

/** Why a discrepancy was not resolved as asked, and what to do instead. */
export function resolutionRefusedText(refusal: ResolutionRefusal, language: Language): string {
  const en: Readonly<Record<ResolutionRefusal, string>> = {
    'unknown-argument':
      'Nothing was changed: say which field takes which side, for example "approved crm". Fields: approved, amount, spent, status, key. Sides: crm, jira.',
    'spent-is-in-jira': 'Nothing was changed: the spent amount is what was logged in Jira. Correct the worklogs there.',
    'status-is-in-crm':
      'Nothing was changed: the budget status follows approval and spending in Dynamics. Decide there.',
    'key-is-in-jira': 'Nothing was changed: a project key is renamed in Jira. Dynamics follows by itself.',
    'needs-approval':
      'Nothing was changed: the amount was approved. Request an approval for the amount in Jira; it applies once it is approved.',
    completed: 'Nothing was changed: the project is completed and its figures are final.',
  };
  const fr: Readonly<Record<ResolutionRefusal, string>> = {
    'unknown-argument':
      'Rien n’a été modifié\u00a0: indiquez quel champ prend quel côté, par exemple «\u00a0approved crm\u00a0». Champs\u00a0: approved, amount, spent, status, key. Côtés\u00a0: crm, jira.',
    'spent-is-in-jira':
      'Rien n’a été modifié\u00a0: le montant dépensé est celui inscrit dans Jira. Corrigez-y les journaux de travail.',
    'status-is-in-crm':
      'Rien n’a été modifié\u00a0: l’état du budget découle de l’approbation et des dépenses dans Dynamics. La décision s’y prend.',
    'key-is-in-jira': 'Rien n’a été modifié\u00a0: la clé d’un projet se renomme dans Jira. Dynamics suit de lui-même.',
    'needs-approval':
      'Rien n’a été modifié\u00a0: le montant est approuvé. Demandez l’approbation du montant de Jira; il s’applique dès son approbation.',
    completed: 'Rien n’a été modifié\u00a0: le projet est terminé et ses chiffres sont définitifs.',
  };
  return (language === 3084 ? fr : en)[refusal];
}

/** What both sides say now about the field that was asked for. */
export function resolvedText({ field }: ResolutionRequest, mapping: MappingFacts, language: Language): string {
  const approved = moneyText(mapping.approved, language);
  const spent = moneyText(mapping.spent, language);
  const status = budgetStatusLabels[mapping.status][language];
  const key = mapping.projectKey;
  if (language === 3084) {
    if (field === 'spent') return `Le montant dépensé est de ${spent}, comme dans Jira.`;
    if (field === 'status') return `L’état du budget est «\u00a0${status}\u00a0» des deux côtés.`;
    if (field === 'key') return `La clé du projet est ${key} des deux côtés.`;
    return `Le montant approuvé est de ${approved} des deux côtés.`;
  }
  if (field === 'spent') return `The spent amount is ${spent}, as in Jira.`;
  if (field === 'status') return `The budget status is "${status}" on both sides.`;
  if (field === 'key') return `The project key is ${key} on both sides.`;
  return `The approved amount is ${approved} on both sides.`;
}
