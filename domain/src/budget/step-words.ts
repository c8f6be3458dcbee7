import { inBoth, type StepWords } from '../explain/step-words';
import type { Action } from './plan/actions';

/** What a run of the budget would do. */
export const budgetStepWords: StepWords<Action['kind']> = {
  'dataverse.change-set': inBoth(
    'Write figures and states to Dynamics',
    'Écrire les chiffres et les états dans Dynamics',
  ),
  'dataverse.send-email': inBoth('Send a mail', 'Envoyer un courriel'),
  'dataverse.move-stage': inBoth('Move the process to its next stage', 'Faire passer le processus à l’étape suivante'),
  'dataverse.win-opportunity': inBoth('Close the opportunity as won', 'Fermer l’opportunité comme conclue'),
  'dataverse.finish-process': inBoth('Finish the process', 'Terminer le processus'),
  'dataverse.reactivate-process': inBoth('Take the process up again', 'Réactiver le processus'),
  'jira.archive-project': inBoth('Archive the Jira project', 'Archiver le projet Jira'),
  'jira.restore-project': inBoth('Restore the Jira project', 'Restaurer le projet Jira'),
  'jira.assign-team': inBoth('Assign the project team in Jira', 'Affecter l’équipe du projet dans Jira'),
  'jira.create-project': inBoth('Create the Jira project', 'Créer le projet Jira'),
  'jira.set-ownership': inBoth('Mark the Jira project as ours', 'Marquer le projet Jira comme le nôtre'),
  'budget.create': inBoth('Create the budget', 'Créer le budget'),
  'budget.set-amount': inBoth('Send the approved amount', 'Envoyer le montant approuvé'),
  'jira.create-root-issue': inBoth('Create the root issue in Jira', 'Créer le ticket racine dans Jira'),
  'jira.update-root-issue': inBoth('Update the root issue in Jira', 'Mettre à jour le ticket racine dans Jira'),
};
