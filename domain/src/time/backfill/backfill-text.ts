import type { Language } from '../../text/language';

interface Counts {
  readonly done: number;
  readonly left: number;
}

/** What came of a look whether keys are issues. */
export const checkedKeysText = ({ done, left }: Counts, language: Language): string =>
  language === 3084
    ? `Tickets trouvés dans Jira : ${done} sur ${done + left}`
    : `Issues found in Jira: ${done} of ${done + left}`;

/** What came of a wish to give records an issue, or to take it off again. */
export function linkedTimeText({ done, left }: Counts, isUndo: boolean, language: Language): string {
  if (language === 3084)
    return `${isUndo ? 'Liens annulés' : 'Feuilles liées'} : ${done}${left === 0 ? '' : ` · laissées inchangées : ${left}`}`;
  return `${isUndo ? 'Links undone' : 'Records linked'}: ${done}${left === 0 ? '' : ` · left unchanged: ${left}`}`;
}
