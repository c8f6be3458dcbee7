import { failureSentence } from '../faults/failure-texts';
import type { Language } from './language';

/** What an explanation comes to, in numbers. */
export interface ExplanationSummary {
  /** false: there is no such record; null: not even that could be read */
  readonly isKnown: boolean | null;
  /** Fields in which both sides differ. */
  readonly differing: number;
  /** What the next run would do. */
  readonly steps: number;
  /** What kept the service from reading both sides; null: nothing did. */
  readonly trouble: { readonly code: string; readonly says: string } | null;
}

/** That there is nothing to explain, or to look for. */
export const noRecordText = (language: Language): string =>
  language === 3084
    ? 'Il n’y a pas de tel enregistrement, ou l’intégration ne peut pas le lire.'
    : 'There is no such record, or the integration may not read it.';

/** One sentence or two for the person who asked why a record is not in agreement. */
export function explainText({ isKnown, differing, steps, trouble }: ExplanationSummary, language: Language): string {
  const french = language === 3084;
  if (isKnown === false) return noRecordText(language);
  if (trouble !== null) return failureSentence(trouble.code, trouble.says, language);
  if (differing === 0 && steps === 0)
    return french ? 'Les deux côtés concordent; il ne reste rien à faire.' : 'Both sides agree; nothing is left to do.';
  const fields = french
    ? `${differing} ${differing > 1 ? 'champs diffèrent' : 'champ diffère'} entre Dynamics et Jira.`
    : `${differing} ${differing === 1 ? 'field differs' : 'fields differ'} between Dynamics and Jira.`;
  const next = french
    ? `La prochaine exécution compte ${steps} ${steps > 1 ? 'étapes' : 'étape'}.`
    : `The next run has ${steps} ${steps === 1 ? 'step' : 'steps'} to do.`;
  const nobody = french ? 'Une personne doit décider.' : 'A person has to decide.';
  return `${fields} ${steps === 0 ? nobody : next}`;
}
