import type { Language } from '../../text/language';
import { counted, inLanguage } from '../texts/in-language';

/** What a bulk assignment came to, in projects. */
export interface AssignedProjects {
  /** null: the product was taken away */
  readonly product: string | null;
  readonly assigned: number;
  readonly had: number;
  readonly unchanged: number;
}

/** For the administrator who asked (R-1704). Pure. */
export function assignText({ product, assigned, had, unchanged }: AssignedProjects, language: Language): string {
  if (product === null) {
    const removed = counted(
      assigned,
      { en: '1 project has no product any more', fr: '1 projet n’a plus de produit' },
      { en: `${assigned} projects have no product any more`, fr: `${assigned} projets n’ont plus de produit` },
    );
    const left = had + unchanged;
    return inLanguage(
      { en: `${removed.en}, ${left} not changed.`, fr: `${removed.fr}; inchangés\u00a0: ${left}.` },
      language,
    );
  }
  return inLanguage(
    {
      en: `${assigned} ${assigned === 1 ? 'project' : 'projects'} assigned to ${product}, ${had} had it already, ${unchanged} not changed.`,
      fr: `Projets attribués à ${product}\u00a0: ${assigned}; déjà attribués\u00a0: ${had}; inchangés\u00a0: ${unchanged}.`,
    },
    language,
  );
}

/** What the undo of a bulk assignment came to (R-1704). Pure. @param all projects that it was about */
export function undoneText(undone: number, all: number, language: Language): string {
  if (undone < all)
    return inLanguage({ en: `${undone} of ${all} undone.`, fr: `Annulations\u00a0: ${undone} sur ${all}.` }, language);
  const back = counted(
    undone,
    { en: '1 project has its earlier product again', fr: '1 projet a retrouvé son produit précédent' },
    {
      en: `${undone} projects have their earlier product again`,
      fr: `${undone} projets ont retrouvé leur produit précédent`,
    },
  );
  return inLanguage({ en: `Undone: ${back.en}.`, fr: `Annulé\u00a0: ${back.fr}.` }, language);
}

/** Why a bulk assignment, or its undo, was not carried out. */
export type AssignRefusal = 'payload' | 'no-product' | 'retired' | 'nothing-to-undo';

const refusals: Readonly<Record<AssignRefusal, { readonly en: string; readonly fr: string }>> = {
  payload: {
    en: 'The request names no projects, or too many.',
    fr: 'La demande ne nomme aucun projet, ou en nomme trop.',
  },
  'no-product': {
    en: 'There is no such product, or the integration may not read it.',
    fr: 'Il n’y a pas de tel produit, ou l’intégration ne peut pas le lire.',
  },
  retired: { en: 'This product is retired. Choose another one.', fr: 'Ce produit est retiré. Choisissez-en un autre.' },
  'nothing-to-undo': {
    en: 'There is no assignment to undo.',
    fr: 'Il n’y a aucune attribution à annuler.',
  },
};

/** For the administrator who asked. Pure. */
export const assignRefusalText = (refusal: AssignRefusal, language: Language): string => {
  const { en, fr } = refusals[refusal];
  return inLanguage({ en: `${en} Nothing was changed.`, fr: `${fr} Rien n’a été modifié.` }, language);
};
