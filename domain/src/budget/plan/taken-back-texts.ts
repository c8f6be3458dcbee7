import { processStages } from '../../schema/generated/process';
import type { StageGoal } from '../stage-gate';
import type { Language } from '../../text/language';
import type { ReasonTexts } from './decision-texts';

/**
 * What the owner is told of a move that nobody could refuse beforehand and that is taken back: what happened, and
 * what is missing.
 * @param reasons of the stage gate, in words
 */
export function takenBackTexts(
  to: StageGoal,
  reasons: readonly string[],
  opportunityName: string,
  language: Language,
): ReasonTexts {
  const stage = processStages.find(({ key }) => key === to)?.name[language];
  const [subject, happened] =
    language === 3084
      ? stage === undefined
        ? ['Processus réactivé', 'Le processus a été terminé avant l’achèvement du projet. Il est de nouveau actif.']
        : [
            'Processus ramené en arrière',
            `Le processus est passé à l’étape «\u00a0${stage}\u00a0» avant que ses conditions soient remplies. Il revient à l’étape qui attend encore.`,
          ]
      : stage === undefined
        ? ['Process active again', 'The process was finished before the project was completed. It is active again.']
        : [
            'Process moved back',
            `The process was moved to "${stage}" before the conditions for it were met. It returns to the stage that still waits.`,
          ];
  return { subject: `${subject} - ${opportunityName}`, description: [happened, ...reasons].join('\n') };
}
