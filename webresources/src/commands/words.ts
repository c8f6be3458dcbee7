import { userLanguage } from '../opportunity-form/words';

/** What a command says on the form, by language. */
const WORDS = {
  sent: {
    1033: 'Asked for. The answer appears here and in the Jira section.',
    3084: 'Demande envoyée. La réponse paraît ici et dans la section Jira.',
  },
  approvalSent: { 1033: 'The approval was requested.', 3084: 'L’approbation a été demandée.' },
  approved: {
    1033: 'Your decision was recorded. Its effect appears in a moment.',
    3084: 'Votre décision a été consignée. Son effet paraîtra dans un instant.',
  },
  confirmApproval: {
    1033: 'Approve the requested budget? A decision cannot be changed.',
    3084: 'Approuver le budget demandé? Une décision ne peut pas être modifiée.',
  },
  confirmCompletion: {
    1033: 'Complete the project? The final report is made and the Jira project is archived.',
    3084: 'Terminer le projet? Le rapport final est produit et le projet Jira est archivé.',
  },
  noAmount: {
    1033: 'Enter the project budget first; then ask for its approval.',
    3084: 'Saisissez d’abord le budget du projet, puis demandez son approbation.',
  },
  noRequest: { 1033: 'There is no request to decide on.', 3084: 'Il n’y a aucune demande à trancher.' },
  noProject: {
    1033: 'There is no Jira project to open yet.',
    3084: 'Il n’y a pas encore de projet Jira à ouvrir.',
  },
  noReport: {
    1033: 'There is no final report yet. It is made when the project completes.',
    3084: 'Il n’y a pas encore de rapport final. Il est produit à la fin du projet.',
  },
  unsaved: { 1033: 'Save the record first, then try again.', 3084: 'Enregistrez d’abord, puis réessayez.' },
  failed: {
    1033: 'It could not be sent; nothing was changed. Try again in a moment.',
    3084: 'L’envoi a échoué; rien n’a changé. Réessayez dans un instant.',
  },
} as const;

export function words(key: keyof typeof WORDS): string {
  return WORDS[key][userLanguage()];
}
