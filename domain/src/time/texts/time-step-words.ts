import { inBoth, type StepWords } from '../../explain/step-words';
import type { TimeRecordAction } from '../actions';

/** What a run of a time record would do. */
export const timeStepWords: StepWords<TimeRecordAction['kind']> = {
  begin: inBoth('Prepare the worklog', 'Préparer le journal de travail'),
  create: inBoth('Log the time in Jira', 'Consigner le temps dans Jira'),
  put: inBoth('Change the worklog in Jira', 'Modifier le journal de travail dans Jira'),
  adopt: inBoth('Take over the worklog that is there', 'Reprendre le journal de travail existant'),
  follow: inBoth('Follow the worklog to its issue', 'Suivre le journal de travail vers son ticket'),
  moving: inBoth('Prepare the change of issue', 'Préparer le changement de ticket'),
  delete: inBoth('Remove the worklog from Jira', 'Retirer le journal de travail de Jira'),
  anew: inBoth('Prepare a new worklog', 'Préparer un nouveau journal de travail'),
  gone: inBoth('Note that the worklog was deleted in Jira', 'Noter que le journal de travail a été supprimé dans Jira'),
  finish: inBoth('Note that nothing is in Jira any more', 'Noter qu’il ne reste rien dans Jira'),
  enter: inBoth('Keep a value that was overwritten', 'Conserver une valeur remplacée'),
  note: inBoth('Note that both sides agree', 'Noter que les deux côtés concordent'),
  take: inBoth('Take the time over from Jira', 'Reprendre le temps de Jira'),
  conflict: inBoth(
    'Keep the value in Dynamics and note that of Jira',
    'Garder la valeur de Dynamics et noter celle de Jira',
  ),
  refuse: inBoth('Note why the time is not sent', 'Noter pourquoi le temps n’est pas envoyé'),
};
