import { userLanguage } from '../opportunity-form/words';

/** What a command says on the form, by language. */
const WORDS = {
  sent: { 1033: 'Requested. The result appears here.', 3084: 'Demande envoyée. Le résultat s’affichera ici.' },
  done: { 1033: 'Done.', 3084: 'Terminé.' },
  refused: { 1033: 'Refused: {result}', 3084: 'Refusé\u00a0: {result}' },
  commandFailed: {
    1033: 'Not done: {result} Nothing is lost. Try again, or ask an administrator.',
    3084: 'Non exécuté\u00a0: {result} Rien n’est perdu. Réessayez ou demandez à un administrateur.',
  },
  waiting: {
    1033: 'The integration has not answered for a minute. The request is kept and is carried out when it answers.',
    3084: 'L’intégration ne répond pas depuis une minute. La demande est conservée et sera exécutée à la reprise.',
  },
  notAllowed: {
    1033: 'You do not have the privilege for this; nothing was changed. An administrator can grant it.',
    3084: 'Vous n’avez pas le privilège requis; rien n’a changé. Un administrateur peut l’accorder.',
  },
  keyHidden: {
    1033: 'You do not have permission to see the Jira project of this opportunity; nothing was asked for. An administrator can grant it.',
    3084: 'Vous n’avez pas l’autorisation de voir le projet Jira de cette opportunité; rien n’a été demandé. Un administrateur peut l’accorder.',
  },
  approvalSent: {
    1033: 'Approval requested. A budget approver decides.',
    3084: 'Approbation demandée. Un approbateur du budget en décidera.',
  },
  decided: {
    1033: 'Decision sent. Budget approval shows what came of it.',
    3084: 'Décision envoyée. Approbation du budget en montre le résultat.',
  },
  ownRequest: {
    1033: 'You cannot decide on your own request; nothing was changed. Another budget approver decides.',
    3084: 'Vous ne pouvez pas décider de votre propre demande; rien n’a changé. Un autre approbateur du budget en décidera.',
  },
  taken: {
    1033: 'Somebody decided on this request before you; your decision was not recorded. Refresh the form to see it.',
    3084: 'Quelqu’un a décidé de cette demande avant vous; votre décision n’a pas été consignée. Actualisez le formulaire pour la voir.',
  },
  confirmApproval: {
    1033: 'Approve the requested budget of {amount}? A decision cannot be changed.',
    3084: 'Approuver le budget demandé de {amount}? Une décision ne peut pas être modifiée.',
  },
  confirmUnseen: {
    1033: 'Approve the requested budget? You cannot see its amount. A decision cannot be changed.',
    3084: 'Approuver le budget demandé? Vous ne pouvez pas en voir le montant. Une décision ne peut pas être modifiée.',
  },
  confirmCompletion: {
    1033: 'Complete the project? The opportunity is closed as won, the final report is made and the Jira project is archived.',
    3084: 'Terminer le projet? L’opportunité est fermée comme gagnée, le rapport final est produit et le projet Jira est archivé.',
  },
  noAmount: {
    1033: 'Enter the project budget first; then ask for its approval.',
    3084: 'Saisissez d’abord le budget du projet, puis demandez son approbation.',
  },
  amountApproved: {
    1033: 'This amount is approved already; nothing was asked for. For another amount, change the budget amount and save.',
    3084: 'Ce montant est déjà approuvé; rien n’a été demandé. Pour un autre montant, modifiez le montant du budget et enregistrez.',
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

export type WordKey = keyof typeof WORDS;

/** Text in the language of the person at the form, with `{name}` places filled in. */
export function words(key: WordKey, places: Readonly<Record<string, string>> = {}): string {
  return WORDS[key][userLanguage()].replace(/\{(\w+)\}/g, (whole, name: string) => places[name] ?? whole);
}
