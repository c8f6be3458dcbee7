import { operationStart, operationState } from '../describe/definitions';
import { InvalidRequest, operation } from '../describe/operation';
import { none, operationId } from './parameters';

/** What takes longer than a gateway waits is started here and asked for there. */
export const longOperations = [
  operation({
    operationId: 'StartOperation',
    method: 'POST',
    path: '/connector/operations',
    summary: 'Start Operation',
    description:
      'Starts a provisioning, a sync or the reconciliation of all mappings. It is stored before the answer; Location says where its state is.',
    params: none,
    query: none,
    body: { name: 'operation', schema: operationStart },
    answer: { status: 202, says: 'Stored; ask for its state', schema: operationState },
    handle: async ({ longRunning }, { body }, { prefix, correlationId }) => {
      if (body.kind !== 'reconcile-all' && body.opportunityId === undefined)
        throw new InvalidRequest(`operation.opportunityId: ${body.kind} needs one`);
      const state = await longRunning.start(body, correlationId);
      return {
        body: state,
        headers: { location: `${prefix}/connector/operations/${state.id}`, 'retry-after': '2' },
      };
    },
  }),
  operation({
    operationId: 'GetOperation',
    method: 'GET',
    path: '/connector/operations/{id}',
    summary: 'Get Operation',
    description: 'State of an operation: pending, running, done, or failed with a sentence.',
    params: operationId,
    query: none,
    body: null,
    answer: { status: 200, says: 'State of the operation', schema: operationState },
    handle: async ({ longRunning }, { params }) => ({ body: await longRunning.read(params.id.toLowerCase()) }),
  }),
];
