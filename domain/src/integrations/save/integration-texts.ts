import type { Language } from '../../text/language';

type Sentence = Readonly<Record<Language, string>>;

/** What became of what an administrator wished for an integration, and why nothing did. */
const sentences = {
  saved: { 1033: '{name} is saved.', 3084: '{name} est enregistrée.' },
  activated: { 1033: '{name} is active.', 3084: '{name} est active.' },
  deactivated: { 1033: '{name} is inactive.', 3084: '{name} est inactive.' },
  deleted: { 1033: '{name} is deleted.', 3084: '{name} est supprimée.' },
  ran: { 1033: '{name} has run.', 3084: '{name} a été exécutée.' },
  'no-dry-run': {
    1033: 'This dry run cannot be confirmed: it is older than a day, or it was not one. Nothing was changed. Do another dry run.',
    3084: 'Cet essai à blanc ne peut pas être confirmé : il date de plus d’un jour, ou n’en est pas un. Rien n’a été modifié. Refaites un essai à blanc.',
  },
  decided: {
    1033: 'The decision is kept. The next run of the integration carries it out.',
    3084: 'La décision est conservée. La prochaine exécution de l’intégration l’appliquera.',
  },
  works: { 1033: 'The connection works.', 3084: 'La connexion fonctionne.' },
  tried: { 1033: 'Tried with {name}. Nothing was changed.', 3084: 'Essayé avec {name}. Rien n’a été modifié.' },
  'nothing-to-try': {
    1033: 'There is no record to try the mappings with. Nothing was changed.',
    3084: 'Aucun enregistrement ne permet d’essayer les correspondances. Rien n’a été modifié.',
  },
  'nothing-found': { 1033: 'Nothing is found at {name}.', 3084: 'Rien n’est trouvé à {name}.' },
  'not-tried': {
    1033: 'Not tried: it would have taken too long.',
    3084: 'Non essayée : cela aurait pris trop de temps.',
  },
  'no-sample': {
    1033: 'Mappings of this kind of integration cannot be tried. Nothing was changed. Do a dry run instead.',
    3084: 'Les correspondances de ce type d’intégration ne peuvent pas être essayées. Rien n’a été modifié. Faites plutôt un essai à blanc.',
  },
  rotated: {
    1033: 'The new webhook secret of {name} is stored. The one before it is accepted for 24 hours.',
    3084: 'Le nouveau secret du webhook de {name} est conservé. Le précédent est accepté pendant 24 heures.',
  },
  'not-saved': { 1033: 'Not saved. Correct what is named.', 3084: 'Non enregistrée. Corrigez ce qui est indiqué.' },
  'not-tested': {
    1033: '{name} cannot be activated: its saved settings have not passed a test. Nothing was changed. Test it, then activate it.',
    3084: '{name} ne peut pas être activée : ses paramètres enregistrés n’ont pas réussi de test. Rien n’a été modifié. Testez-la, puis activez-la.',
  },
  'first-connection': {
    1033: 'This connection is described by the variables of the service. Nothing was changed. Change it there.',
    3084: 'Cette connexion est décrite par les variables du service. Rien n’a été modifié. Modifiez-la à cet endroit.',
  },
  'not-there': {
    1033: 'This integration does not exist any more.',
    3084: 'Cette intégration n’existe plus.',
  },
  'other-provider': {
    1033: 'This record belongs to another kind of integration. Nothing was changed.',
    3084: 'Cet enregistrement est une intégration d’un autre type. Rien n’a été modifié.',
  },
  'no-provider': {
    1033: 'This kind of integration is not available here.',
    3084: 'Ce type d’intégration n’est pas offert ici.',
  },
  'nothing-to-run': {
    1033: '{name} has no runs: it tells of things as they happen. Nothing was changed. Send a test instead.',
    3084: '{name} n’a pas d’exécutions : elle informe de ce qui se produit. Rien n’a été modifié. Envoyez plutôt un essai.',
  },
  'is-active': {
    1033: '{name} is active. Nothing was changed. Deactivate it first.',
    3084: '{name} est active. Rien n’a été modifié. Désactivez-la d’abord.',
  },
  'has-run': {
    1033: '{name} has run, and its runs are kept. Nothing was changed. Deactivate it instead.',
    3084: '{name} a déjà été exécutée, et ses exécutions sont conservées. Rien n’a été modifié. Désactivez-la plutôt.',
  },
  changed: {
    1033: 'Somebody has changed {name} meanwhile. Nothing was changed. Open it again.',
    3084: '{name} a été modifiée entre-temps. Rien n’a été modifié. Ouvrez-la de nouveau.',
  },
  'no-key': {
    1033: 'Secrets cannot be stored: the service has no key for them. Ask whoever runs it.',
    3084: 'Les secrets ne peuvent pas être conservés : le service n’a pas de clé à cette fin. Consultez son exploitant.',
  },
  invalid: { 1033: 'This value is not valid.', 3084: 'Cette valeur n’est pas valide.' },
} as const satisfies Readonly<Record<string, Sentence>>;

export type IntegrationSentence = keyof typeof sentences;

/** A sentence about an integration, for whoever asked. Pure. */
export const integrationText = (what: IntegrationSentence, language: Language, name = ''): string =>
  sentences[what][language].replaceAll('{name}', () => name).replaceAll(' :', '\u00a0:');
