import { ErrorClass } from '../../schema/generated/options';
import { fault } from './fault-words';

const { Authentication, Invalid, NotFound } = ErrorClass;

/** What can be wrong with a target of notifications, beside the way to it. */
export const notificationFaults = {
  'notification-incomplete': fault(
    Invalid,
    ['The webhook’s address is not entered yet.', 'Enter it as the product shows it, then test again.'],
    [
      'L’adresse du webhook n’est pas encore entrée.',
      'Entrez-la telle que le produit la montre, puis refaites le test.',
    ],
  ),
  'notification-no-key': fault(
    Authentication,
    ['The webhook has no signing secret.', 'Make one here, and give it to whoever receives the webhook.'],
    ['Le webhook n’a pas de secret de signature.', 'Créez-en un ici, et remettez-le au destinataire du webhook.'],
  ),
  'notification-other-host': fault(
    Invalid,
    ['The stored address does not lead to {host}.', 'Enter the whole address again.'],
    ['L’adresse enregistrée ne mène pas à {host}.', 'Entrez de nouveau l’adresse complète.'],
  ),
  'notification-gone': fault(
    NotFound,
    [
      'The webhook does not exist any more ({status}).',
      'Its channel, workflow or app was deleted or archived. Make a new webhook there, and enter its address.',
    ],
    [
      'Le webhook n’existe plus ({status}).',
      'Son canal, son flux ou son application a été supprimé ou archivé. Créez-y un nouveau webhook, et entrez son adresse.',
    ],
  ),
  'notification-forbidden': fault(
    Authentication,
    [
      '{host} does not take messages at this address ({status}).',
      'The address is incomplete or was withdrawn, or posting is not allowed there. Make a new webhook there, and enter its address.',
    ],
    [
      '{host} n’accepte pas de messages à cette adresse ({status}).',
      'L’adresse est incomplète ou a été retirée, ou la publication y est interdite. Créez-y un nouveau webhook, et entrez son adresse.',
    ],
  ),
  'notification-refused': fault(
    Invalid,
    [
      '{host} refused the message ({status}).',
      'Check that the address belongs to the product that was chosen: Teams, Slack or a webhook of your own.',
    ],
    [
      '{host} a refusé le message ({status}).',
      'Vérifiez que l’adresse est celle du produit choisi\u00a0: Teams, Slack ou votre propre webhook.',
    ],
  ),
} as const;

export type NotificationFault = keyof typeof notificationFaults;
