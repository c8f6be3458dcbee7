import { failureSentence } from '../failure-texts';
import { moneyText, percentText } from '../money-text';
import { moneyFromDecimal } from '../money';
import type { Language } from '../stage-reason-text';
import type { CrmFacts } from './facts';
import type { Policy } from './policy';

export type CommandOutcome =
  | 'synced'
  | 'project-exists'
  | 'not-eligible'
  | 'not-linked'
  | 'held'
  | 'project-deleted'
  | 'budget-missing'
  | 'not-supported'
  | 'completed'
  | 'reopened'
  | 'administrator-only'
  | 'root-issue-done';

/** The sentence for the person who gave a command, in that person's language. */
export function commandResult(outcome: CommandOutcome, crm: CrmFacts, policy: Policy, language: Language): string {
  const { mapping, opportunity } = crm;
  const currency = opportunity?.currency ?? mapping?.approved.currency ?? policy.defaultCurrency;
  const threshold = moneyText(moneyFromDecimal(policy.budgetThreshold, currency), language);
  const key = mapping?.projectKey ?? '';
  const percent = percentText(mapping?.utilization ?? 0, language);
  const spent = mapping ? moneyText(mapping.spent, language) : '';
  const approved = mapping ? moneyText(mapping.approved, language) : '';
  const lastError = mapping?.lastError && failureSentence(mapping.lastErrorCode ?? null, mapping.lastError, language);
  const en: Readonly<Record<CommandOutcome, string>> = {
    synced: `In step with Jira: ${spent} of ${approved} spent (${percent}).`,
    'project-exists': `The Jira project ${key} exists and is linked.`,
    'not-eligible': `No Jira project was created: the opportunity must be open and its budget amount greater than ${threshold}.`,
    'not-linked': `The Jira project is not complete yet. ${lastError ?? 'It is tried again by itself.'}`,
    held: `Not created yet: more than ${policy.provisioningLimit} Jira projects were to be created within an hour. An administrator was asked.`,
    'project-deleted': `The Jira project ${key} no longer exists, or the integration account may no longer see it. The last figures are kept.`,
    'budget-missing': `The budget of ${key} is no longer found in Jira. The last figures are kept.`,
    'not-supported': 'This command is not available in this version.',
    completed: `The project ${key} is completed: ${spent} of ${approved} spent. The final report is ready.`,
    reopened: `The project ${key} is open.`,
    'administrator-only':
      'Only an administrator of the integration can reopen a completed project. Nothing was changed.',
    'root-issue-done': `The root issue of ${key} is Done in Jira and would complete the project again. Reopen the issue first.`,
  };
  const fr: Readonly<Record<CommandOutcome, string>> = {
    synced: `À jour avec Jira\u00a0: ${spent} dépensés sur ${approved} (${percent}).`,
    'project-exists': `Le projet Jira ${key} existe et est lié.`,
    'not-eligible': `Aucun projet Jira n’a été créé\u00a0: l’opportunité doit être ouverte et son budget supérieur à ${threshold}.`,
    'not-linked': `Le projet Jira n’est pas encore complet. ${lastError ?? 'Un nouvel essai se fait de lui-même.'}`,
    held: `Pas encore créé\u00a0: plus de ${policy.provisioningLimit} projets Jira devaient être créés en une heure. Un administrateur a été consulté.`,
    'project-deleted': `Le projet Jira ${key} n’existe plus, ou le compte d’intégration ne peut plus le voir. Les derniers chiffres sont conservés.`,
    'budget-missing': `Le budget de ${key} est introuvable dans Jira. Les derniers chiffres sont conservés.`,
    'not-supported': 'Cette commande n’est pas offerte dans cette version.',
    completed: `Le projet ${key} est terminé\u00a0: ${spent} dépensés sur ${approved}. Le rapport final est prêt.`,
    reopened: `Le projet ${key} est ouvert.`,
    'administrator-only':
      'Seul un administrateur de l’intégration peut rouvrir un projet terminé. Rien n’a été modifié.',
    'root-issue-done': `Le ticket racine de ${key} est terminé dans Jira et terminerait de nouveau le projet. Rouvrez d’abord le ticket.`,
  };
  return (language === 3084 ? fr : en)[outcome];
}
