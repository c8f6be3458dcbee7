import { inBoth, type StepWords } from '../../explain/step-words';
import type { ResolutionAction } from '../resolution/facts';

/** What a run of a case would do. */
export const resolutionStepWords: StepWords<ResolutionAction['kind']> = {
  resolve: inBoth('Resolve the case', 'Résoudre l’incident'),
  account: inBoth('Note what has happened', 'Noter ce qui s’est passé'),
};
