import { z } from 'zod';
import type { Connector } from '../engine/connector';

const request = z.strictObject({
  approvalType: z.literal('CustomResponse'),
  'WebhookApprovalCreationInput/title': z.string().min(1),
  'WebhookApprovalCreationInput/assignedTo': z.string().min(1),
  'WebhookApprovalCreationInput/details': z.string(),
  'WebhookApprovalCreationInput/itemLink': z.url(),
  'WebhookApprovalCreationInput/itemLinkDescription': z.string(),
  'WebhookApprovalCreationInput/enableNotifications': z.literal(true),
  'WebhookApprovalCreationInput/enableReassignment': z.literal(false),
  'WebhookApprovalCreationInput/responseOptions': z.string().array().min(2),
});

/** What an approver gets to see. */
export interface ApprovalCard {
  readonly title: string;
  readonly assignedTo: readonly string[];
  readonly details: string;
  readonly itemLink: string;
  readonly options: readonly string[];
}

/** What an approver answers. */
export interface ApprovalAnswer {
  /** Object id in Entra. */
  readonly responder: string;
  /** One of the options. */
  readonly option: string;
  readonly comments: string;
  readonly at: Date;
}

/** The approvals connector: one operation, which waits for the first answer. */
export function approvalsConnector(answer: (card: ApprovalCard) => Promise<ApprovalAnswer>): Connector {
  return async (operationId, parameters) => {
    if (operationId !== 'StartAndWaitForAnApproval') throw new Error(`approvals has no operation ${operationId}`);
    const asked = request.parse(parameters);
    const options = asked['WebhookApprovalCreationInput/responseOptions'];
    const given = await answer({
      title: asked['WebhookApprovalCreationInput/title'],
      assignedTo: asked['WebhookApprovalCreationInput/assignedTo'].split(';'),
      details: asked['WebhookApprovalCreationInput/details'],
      itemLink: asked['WebhookApprovalCreationInput/itemLink'],
      options,
    });
    if (!options.includes(given.option)) throw new Error(`${given.option} was not among the answers to choose from`);
    const response = {
      responder: { id: given.responder },
      responseDate: given.at.toISOString(),
      approverResponse: given.option,
      comments: given.comments,
    };
    return { statusCode: 200, headers: {}, body: { outcome: given.option, responses: [response] } };
  };
}
