import { derivedId } from '@crmjira/domain';
import { type SetUpPart, person, there } from './finding';

const what = 'Sender queue';
const approve = "approve the queue's mailbox in the admin centre (Email, Mailboxes): nothing is sent before";

/** The queue that crmjira_SenderQueue names, from which mails to people come. */
export const senderQueue: SetUpPart = async ({ dataverse, environmentSettings, senderAddress }) => {
  const { senderQueue: named } = await environmentSettings.settings();
  if (named === null) return [person(what, 'set the environment variable crmjira_SenderQueue to the name of a queue')];
  if ((await environmentSettings.senderQueueId()) !== null) return [there(what, named)];
  const address = named.includes('@') ? named : senderAddress;
  if (address === null)
    return [person(what, `there is no queue "${named}": give --sender-address <address>, and it is made`)];
  return [
    {
      what,
      says: `${named} <${address}>`,
      state: 'missing',
      make: async () => {
        const columns = { name: named, emailaddress: address };
        const id = derivedId('set-up', 'queue', named);
        await dataverse.changeSet([{ op: 'create', collection: 'queues', id, columns }]);
        return approve;
      },
    },
  ];
};
