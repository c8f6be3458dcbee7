import { entryOf } from '../entry-of';
import type { Action } from '../budget/plan/actions';
import type { IssueAction } from '../issues/actions';
import type { ResolutionAction } from '../issues/resolution/facts';
import type { Language } from '../text/language';
import type { TimeRecordAction } from '../time/actions';
import type { ExplainedStep } from './answer';
import { fieldText } from './field-texts';

type Sentence = Readonly<Record<Language, string>>;
type Steps<Kind extends string> = Readonly<Record<Kind, Sentence>>;

const of = (english: string, french: string): Sentence => ({ 1033: english, 3084: french });

const budget: Steps<Action['kind']> = {
  'dataverse.change-set': of('Write figures and states to Dynamics', 'Écrire les chiffres et les états dans Dynamics'),
  'dataverse.send-email': of('Send a mail', 'Envoyer un courriel'),
  'dataverse.move-stage': of('Move the process to its next stage', 'Faire passer le processus à l’étape suivante'),
  'dataverse.win-opportunity': of('Close the opportunity as won', 'Fermer l’opportunité comme conclue'),
  'dataverse.finish-process': of('Finish the process', 'Terminer le processus'),
  'dataverse.reactivate-process': of('Take the process up again', 'Réactiver le processus'),
  'jira.archive-project': of('Archive the Jira project', 'Archiver le projet Jira'),
  'jira.restore-project': of('Restore the Jira project', 'Restaurer le projet Jira'),
  'jira.assign-team': of('Assign the project team in Jira', 'Affecter l’équipe du projet dans Jira'),
  'jira.create-project': of('Create the Jira project', 'Créer le projet Jira'),
  'jira.set-ownership': of('Mark the Jira project as ours', 'Marquer le projet Jira comme le nôtre'),
  'budget.create': of('Create the budget', 'Créer le budget'),
  'budget.set-amount': of('Send the approved amount', 'Envoyer le montant approuvé'),
  'jira.create-root-issue': of('Create the root issue in Jira', 'Créer le ticket racine dans Jira'),
  'jira.update-root-issue': of('Update the root issue in Jira', 'Mettre à jour le ticket racine dans Jira'),
};

const link: Steps<IssueAction['kind']> = {
  begin: of('Prepare the issue', 'Préparer le ticket'),
  create: of('Create the issue in Jira', 'Créer le ticket dans Jira'),
  adopt: of('Take over the issue that was made', 'Reprendre le ticket qui a été créé'),
  stage: of('Note how far the link has come', 'Noter où en est le lien'),
  confirm: of('Confirm that nothing is sent any more', 'Confirmer que plus rien n’est envoyé'),
  mirror: of('Show the issue in Dynamics', 'Afficher le ticket dans Dynamics'),
  regard: of('Follow the merged case', 'Suivre l’incident fusionné'),
  mark: of('Tell Jira of the record', 'Signaler l’enregistrement à Jira'),
  unmark: of('Remove the mark in Jira', 'Retirer la marque dans Jira'),
  enter: of('Keep a value that was overwritten', 'Conserver une valeur remplacée'),
  agree: of('Note that both sides agree', 'Noter que les deux côtés concordent'),
  write: of('Send to Jira', 'Envoyer à Jira'),
  take: of('Take over from Jira', 'Reprendre de Jira'),
  keep: of('Keep the value in Dynamics', 'Garder la valeur dans Dynamics'),
  hold: of('Ask a person to decide', 'Demander à une personne de décider'),
  close: of('Close a conflict that has ended', 'Clore un conflit terminé'),
  decided: of('Carry out a decision', 'Appliquer une décision'),
  refuse: of('Refuse a decision that is out of date', 'Refuser une décision périmée'),
  note: of('Note why something is not sent', 'Noter pourquoi quelque chose n’est pas envoyé'),
  tell: of('Tell the timeline', 'Informer la chronologie'),
};

const time: Steps<TimeRecordAction['kind']> = {
  begin: of('Prepare the worklog', 'Préparer le journal de travail'),
  create: of('Log the time in Jira', 'Consigner le temps dans Jira'),
  put: of('Change the worklog in Jira', 'Modifier le journal de travail dans Jira'),
  adopt: of('Take over the worklog that is there', 'Reprendre le journal de travail existant'),
  follow: of('Follow the worklog to its issue', 'Suivre le journal de travail vers son ticket'),
  moving: of('Prepare the change of issue', 'Préparer le changement de ticket'),
  delete: of('Remove the worklog from Jira', 'Retirer le journal de travail de Jira'),
  anew: of('Prepare a new worklog', 'Préparer un nouveau journal de travail'),
  gone: of('Note that the worklog was deleted in Jira', 'Noter que le journal de travail a été supprimé dans Jira'),
  finish: of('Note that nothing is in Jira any more', 'Noter qu’il ne reste rien dans Jira'),
  enter: of('Keep a value that was overwritten', 'Conserver une valeur remplacée'),
  note: of('Note that both sides agree', 'Noter que les deux côtés concordent'),
  take: of('Take the time over from Jira', 'Reprendre le temps de Jira'),
  conflict: of(
    'Keep the value in Dynamics and note that of Jira',
    'Garder la valeur de Dynamics et noter celle de Jira',
  ),
  refuse: of('Note why the time is not sent', 'Noter pourquoi le temps n’est pas envoyé'),
};

const resolution: Steps<ResolutionAction['kind']> = {
  resolve: of('Resolve the case', 'Résoudre l’incident'),
  account: of('Note what has happened', 'Noter ce qui s’est passé'),
};

const steps: Readonly<Record<string, Readonly<Record<string, Sentence>>>> = {
  opportunity: budget,
  'issue-link': link,
  'time-record': time,
  case: resolution,
};

/** Steps of links whose field people know. */
const withField: readonly string[] = ['write', 'take', 'keep', 'hold', 'enter', 'decided'];

/** What a run would do, for a person. @param kind of the module. Pure. */
export function stepText(kind: string, { kind: step, about }: ExplainedStep, language: Language): string {
  const text = entryOf(entryOf(steps, kind) ?? {}, step)?.[language] ?? step;
  if (kind !== 'issue-link' || about === null || !withField.includes(step)) return text;
  return `${text}${language === 3084 ? '\u00a0' : ''}: ${fieldText(about, language)}`;
}
