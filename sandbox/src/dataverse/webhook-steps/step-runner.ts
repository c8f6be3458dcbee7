import { randomUUID } from 'node:crypto';
import type { Operation, Steps } from '../crud/operation';
import { DataverseError, errorCode } from '../errors';
import type { Store } from '../store/store';
import { callEndpoint, type DeliveryResult, makeDelivery } from './call-endpoint';
import { DeliveryQueue } from './delivery-queue';
import { executionContext } from './execution-context';
import { readSteps, type Step } from './registered-steps';
import type { StepEvent } from './step-event';

/** Calls the webhooks registered for a message: synchronous ones may refuse the operation, asynchronous ones follow the commit. */
export class StepRunner implements Steps {
  private steps: readonly Step[] = [];
  private revision = -1;

  constructor(
    private readonly store: Store,
    private readonly queue: DeliveryQueue,
    private readonly host: string,
  ) {}

  /** @throws DataverseError 400 when a synchronous webhook answers anything but 2xx, or not within 60 s. */
  async synchronous(operation: Operation, event: StepEvent): Promise<void> {
    if (operation.asSystem) return;
    for (const step of this.matching(event, false)) {
      const delivery = makeDelivery(step.endpoint, executionContext(operation, event, step), this.host);
      const result = await operation.tx.outsideTurn(() => callEndpoint(delivery));
      if (result.kind === 'answered' && result.status >= 200 && result.status < 300) continue;
      throw refusal(result);
    }
  }

  /** Synchronous post-operation steps, then the asynchronous ones into the journal of the same transaction. */
  async after(operation: Operation, event: StepEvent): Promise<void> {
    if (operation.silent) return;
    await this.synchronous(operation, event);
    for (const step of this.matching(event, true)) {
      const id = `${String(operation.platform.store.currentVersion()).padStart(12, '0')}-${randomUUID()}`;
      const delivery = makeDelivery(step.endpoint, executionContext(operation, event, step), this.host);
      operation.tx.record(DeliveryQueue.kind, id, delivery);
      operation.tx.onCommit(() => this.queue.add(id, delivery));
    }
  }

  private matching(event: StepEvent, asynchronous: boolean): readonly Step[] {
    if (this.revision !== this.store.stepRevision) {
      this.steps = readSteps(this.store);
      this.revision = this.store.stepRevision;
    }
    if (this.steps.length === 0) return this.steps;
    return this.steps.filter(
      (step) =>
        step.asynchronous === asynchronous &&
        step.message === event.message &&
        (step.table === null || step.table === event.table.logicalName) &&
        (asynchronous || step.stage === event.stage) &&
        (event.message !== 'Update' ||
          step.filteringColumns === null ||
          step.filteringColumns.some((column) => column in event.target)),
    );
  }
}

/** The user learns that it was refused, not why: the endpoint's words stay with the platform. */
function refusal(result: DeliveryResult): DataverseError {
  if (result.kind === 'answered')
    return new DataverseError(
      400,
      errorCode.webhookNonSuccess,
      `The webhook call failed because of http status code: ${result.status}. Please check the plugin trace log.`,
    );
  return result.timedOut
    ? new DataverseError(400, errorCode.webhookTimedOut, 'The webhook call failed because it was not answered in time.')
    : new DataverseError(400, errorCode.webhookPostFailed, 'The webhook call failed as it could not be sent.');
}
