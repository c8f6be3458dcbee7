import { BudgetStatus, MappingStatus, ProvisioningState, exceedsProvisioningThreshold } from '@crmjira/domain';
import { type HostFacts, type Mapping, freshness, isHeld, isUnderWay } from '@crmjira/form-data';
import type { BudgetForm, BudgetRecord } from './parts';

/** What the control has to say; the first that holds wins. */
export type ProjectState =
  | { readonly kind: 'unsaved' | 'hidden' | 'loading' }
  | { readonly kind: 'unread'; readonly offline: boolean }
  | { readonly kind: 'missing' | 'ready'; readonly record: BudgetRecord }
  /** `step` is the one being worked on, 1…4; `since` when it was asked for */
  | { readonly kind: 'provisioning'; readonly step: number; readonly since: string | null }
  /** asked for, and not answered for long: without a row of its own there is nothing else to tell */
  | { readonly kind: 'unanswered' }
  /** held: an administrator decides; waiting: it is created when what failed works again */
  | { readonly kind: 'held' | 'waiting'; readonly mapping: Mapping }
  | { readonly kind: 'failed'; readonly mapping: Mapping }
  | { readonly kind: 'archived' | 'offline' | 'stale' | 'old' | 'linked'; readonly mapping: Mapping };

/** A project is usually there by then; milliseconds. */
export const USUALLY = 120_000;

/** Then it has a final report, as the command bar takes it too. */
export function budgetIsCompleted({ budgetStatus }: Mapping): boolean {
  return budgetStatus === BudgetStatus.Completed;
}

export function projectState(host: HostFacts, form: BudgetForm | null): ProjectState {
  if (!host.readable) return { kind: 'hidden' };
  if (host.recordId === null) return { kind: 'unsaved' };
  if (form === null || (form.record === null && form.failure === null)) return { kind: 'loading' };
  const { record, failure } = form;
  if (failure === 'forbidden') return { kind: 'hidden' };
  const offline = host.offline || failure === 'offline';
  if (record === null) return { kind: 'unread', offline };
  const { mapping } = record;
  if (mapping === null) return withoutMapping(record, form);
  if (mapping.provisioning === ProvisioningState.Failed) {
    return isUnderWay(form.record?.command)
      ? { kind: 'provisioning', step: 1, since: null }
      : { kind: 'failed', mapping };
  }
  if (mapping.provisioning !== ProvisioningState.Linked) {
    if (isHeld(mapping)) return { kind: 'held', mapping };
    if (mapping.lastError) return { kind: 'waiting', mapping };
    const step = Math.min(ProvisioningState.Linked, (mapping.provisioning ?? 0) + 1);
    return { kind: 'provisioning', step, since: mapping.createdOn };
  }
  if (mapping.projectArchived || mapping.mappingStatus === MappingStatus.Archived) return { kind: 'archived', mapping };
  if (offline) return { kind: 'offline', mapping };
  const fresh = freshness(mapping, form.now);
  if (fresh.kind === 'failing') return { kind: 'stale', mapping };
  return { kind: fresh.kind === 'old' ? 'old' : 'linked', mapping };
}

function withoutMapping(record: BudgetRecord, form: BudgetForm): ProjectState {
  const { now } = form;
  const { command } = record;
  if (command?.name === 'create' && isUnderWay(command)) {
    const isLate = Date.parse(now) - Date.parse(command.sentAt) > USUALLY;
    return isLate ? { kind: 'unanswered' } : { kind: 'provisioning', step: 1, since: command.sentAt };
  }
  return { kind: isReady(record) ? 'ready' : 'missing', record };
}

/** Open, and a budget strictly greater than the threshold. */
export function isReady({ opportunity, settings }: BudgetRecord): boolean {
  return opportunity.open && exceedsProvisioningThreshold(opportunity.budgetAmount, settings.budgetThreshold);
}
