import { request } from 'undici';
import { signBody } from '../../../../plugins-proxy/src/inbound/webhooks/verify-signature';

/** One webhook of Jira; the identifier is the same on every repeat. */
export interface JiraDelivery {
  readonly identifier: string;
  readonly body: Record<string, unknown>;
  /** How far Jira's own rows are when it is sent: changes up to this number have been made. */
  readonly change: number;
}

/** A delivery that no replica takes is offered again this often, with a pause between. */
const longestTries = 600;
const pauseMs = 50;

export interface SenderOptions {
  /** Addresses of the replicas that are there now. */
  readonly replicas: () => readonly string[];
  readonly connectionId: string;
  readonly secret: string;
  readonly random: () => number;
}

/**
 * Sends as Jira behind a balancer does: to any replica, again to another when it is refused or the connection breaks, until it is
 * acknowledged. Gives how often it had to be offered.
 */
export function createSender({ replicas, connectionId, secret, random }: SenderOptions) {
  return async (delivery: JiraDelivery): Promise<number> => {
    const body = JSON.stringify(delivery.body);
    const headers = {
      'content-type': 'application/json',
      'x-hub-signature': signBody(Buffer.from(body), secret),
      'x-atlassian-webhook-identifier': delivery.identifier,
    };
    let last = 'there is no replica';
    for (let tries = 1; tries <= longestTries; tries += 1) {
      const addresses = replicas();
      const address = addresses[Math.floor(random() * addresses.length)];
      if (address !== undefined) {
        try {
          const options = { method: 'POST', body, headers } as const;
          const answer = await request(`${address}/webhooks/jira/${connectionId}`, options);
          await answer.body.dump();
          if (answer.statusCode < 300) return tries;
          last = String(answer.statusCode);
        } catch (error) {
          // Killed before it could answer: not acknowledged.
          last = String(error);
        }
      }
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
    throw new Error(`nobody took the delivery ${delivery.identifier}: ${last}`);
  };
}
