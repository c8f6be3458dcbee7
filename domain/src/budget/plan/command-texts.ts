import { utilization } from '../burn';
import { failureSentence } from '../../faults/failure-texts';
import { moneyText, percentText } from '../../money/money-text';
import { equalMoney, moneyFromDecimal } from '../../money/money';
import type { Language } from '../../text/language';
import type { CrmFacts } from './facts';
import type { Policy } from './policy';

export type CommandOutcome =
  | 'synced'
  | 'project-exists'
  | 'not-eligible'
  | 'no-project'
  | 'not-linked'
  | 'held'
  | 'project-deleted'
  | 'budget-missing'
  | 'completed'
  | 'reopened'
  | 'root-issue-done';

/** The sentence for the person who gave a command, in that person's language. */
export function commandResult(outcome: CommandOutcome, crm: CrmFacts, policy: Policy, language: Language): string {
  const { mapping, opportunity } = crm;
  const currency = opportunity?.currency ?? mapping?.approved.currency ?? policy.defaultCurrency;
  const threshold = moneyText(moneyFromDecimal(policy.budgetThreshold, currency), language);
  const key = mapping?.projectKey ?? '';
  const percent = percentText((mapping && utilization(mapping.spent, mapping.approved, 1)) ?? 0, language);
  const spent = mapping ? moneyText(mapping.spent, language) : '';
  const approved = mapping ? moneyText(mapping.approved, language) : '';
  const inJira = mapping?.jiraAmount ?? null;
  // Amounts that differ are not in agreement, however fresh they are (F-112).
  const differing = inJira && !equalMoney(inJira, mapping?.approved ?? null) ? moneyText(inJira, language) : null;
  const lastError = mapping?.lastError && failureSentence(mapping.lastErrorCode ?? null, mapping.lastError, language);
  const en: Readonly<Record<CommandOutcome, string>> = {
    synced: differing
      ? `Synced with Jira: ${spent} of ${approved} spent (${percent}). The budget in Jira is ${differing}.`
      : `Up to date with Jira: ${spent} of ${approved} spent (${percent}).`,
    'project-exists': `The Jira project ${key} exists and is linked.`,
    'not-eligible': `No Jira project was created: the opportunity must be open and its budget amount greater than ${threshold}.`,
    'no-project': 'Nothing was changed: this opportunity has no Jira project. Create or link one first.',
    'not-linked': `The Jira project is not complete yet. ${lastError ?? "We'll retry automatically."}`,
    held: `Not created yet: more than ${policy.provisioningLimit} Jira projects were to be created within an hour. An administrator was asked.`,
    'project-deleted': `The Jira project ${key} no longer exists, or the integration account may no longer see it. The last figures are kept.`,
    'budget-missing': `The budget of ${key} is no longer found in Jira. The last figures are kept.`,
    completed: `The project ${key} is completed: ${spent} of ${approved} spent. The final report is ready.`,
    reopened: `The project ${key} is open.`,
    'root-issue-done': `The root issue of ${key} is Done in Jira and would complete the project again. Reopen the issue first.`,
  };
  const fr: Readonly<Record<CommandOutcome, string>> = {
    synced: differing
      ? `Synchronisé avec Jira\u00a0: ${spent} dépensés sur ${approved} (${percent}). Le budget dans Jira est de ${differing}.`
      : `À jour avec Jira\u00a0: ${spent} dépensés sur ${approved} (${percent}).`,
    'project-exists': `Le projet Jira ${key} existe et est lié.`,
    'not-eligible': `Aucun projet Jira n’a été créé\u00a0: l’opportunité doit être ouverte et son budget supérieur à ${threshold}.`,
    'no-project':
      'Rien n’a été modifié\u00a0: cette opportunité n’a pas de projet Jira. Commencez par en créer ou en lier un.',
    'not-linked': `Le projet Jira n’est pas encore complet. ${lastError ?? 'Nouvelle tentative automatique.'}`,
    held: `Pas encore créé\u00a0: plus de ${policy.provisioningLimit} projets Jira devaient être créés en une heure. Un administrateur a été consulté.`,
    'project-deleted': `Le projet Jira ${key} n’existe plus, ou le compte d’intégration ne peut plus le voir. Les derniers chiffres sont conservés.`,
    'budget-missing': `Le budget de ${key} est introuvable dans Jira. Les derniers chiffres sont conservés.`,
    completed: `Le projet ${key} est terminé\u00a0: ${spent} dépensés sur ${approved}. Le rapport final est prêt.`,
    reopened: `Le projet ${key} est ouvert.`,
    'root-issue-done': `Le ticket racine de ${key} est terminé dans Jira et terminerait de nouveau le projet. Rouvrez d’abord le ticket.`,
  };
  return (language === 3084 ? fr : en)[outcome];
}
