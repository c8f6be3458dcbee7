import { inBoth, type StepWords } from '../../explain/step-words';
import type { IssueAction } from '../actions';

/** What a run of a link would do. */
export const linkStepWords: StepWords<IssueAction['kind']> = {
  begin: inBoth('Prepare the issue', 'Préparer le ticket'),
  create: inBoth('Create the issue in Jira', 'Créer le ticket dans Jira'),
  adopt: inBoth('Take over the issue that was made', 'Reprendre le ticket qui a été créé'),
  stage: inBoth('Note how far the link has come', 'Noter où en est le lien'),
  confirm: inBoth('Confirm that nothing is sent any more', 'Confirmer que plus rien n’est envoyé'),
  mirror: inBoth('Show the issue in Dynamics', 'Afficher le ticket dans Dynamics'),
  regard: inBoth('Follow the merged case', 'Suivre l’incident fusionné'),
  mark: inBoth('Tell Jira of the record', 'Signaler l’enregistrement à Jira'),
  unmark: inBoth('Remove the mark in Jira', 'Retirer la marque dans Jira'),
  enter: inBoth('Keep a value that was overwritten', 'Conserver une valeur remplacée'),
  agree: inBoth('Note that both sides agree', 'Noter que les deux côtés concordent'),
  write: inBoth('Send to Jira', 'Envoyer à Jira'),
  take: inBoth('Take over from Jira', 'Reprendre de Jira'),
  keep: inBoth('Keep the value in Dynamics', 'Garder la valeur dans Dynamics'),
  hold: inBoth('Ask a person to decide', 'Demander à une personne de décider'),
  close: inBoth('Close a conflict that has ended', 'Clore un conflit terminé'),
  decided: inBoth('Carry out a decision', 'Appliquer une décision'),
  refuse: inBoth('Refuse a decision that is out of date', 'Refuser une décision périmée'),
  note: inBoth('Note why something is not sent', 'Noter pourquoi quelque chose n’est pas envoyé'),
  tell: inBoth('Tell the timeline', 'Informer la chronologie'),
};
