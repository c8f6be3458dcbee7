import { exceedsProvisioningThreshold } from '@crmjira/domain';
import {
  type BudgetRecord,
  type FormState,
  type HostFacts,
  type Mapping,
  freshness,
  isUnderWay,
} from '@crmjira/form-data';

/** What the control has to say; the first that holds wins. */
export type ProjectState =
  | { readonly kind: 'unsaved' | 'hidden' | 'loading' }
  | { readonly kind: 'unread'; readonly offline: boolean }
  | { readonly kind: 'missing' | 'ready'; readonly record: BudgetRecord }
  /** `step` is the one being worked on, 1…4 */
  | { readonly kind: 'provisioning'; readonly step: number }
  | { readonly kind: 'failed'; readonly mapping: Mapping }
  | { readonly kind: 'archived' | 'offline' | 'stale' | 'old' | 'linked'; readonly mapping: Mapping };

/** `crmjira_provisioningstate` (DATA-MODEL 2) */
const LINKED = 4;
const FAILED = 5;

/** `crmjira_mappingstatus` 2 */
const ARCHIVED = 2;

/** `crmjira_budgetstatus` 5 */
const COMPLETED = 5;

/** Then it has a final report, as the command bar takes it too. */
export function budgetIsCompleted({ budgetStatus }: Mapping): boolean {
  return budgetStatus === COMPLETED;
}

export function projectState(host: HostFacts, form: FormState | null): ProjectState {
  if (!host.readable) return { kind: 'hidden' };
  if (host.recordId === null) return { kind: 'unsaved' };
  if (form === null || (form.record === null && form.failure === null)) return { kind: 'loading' };
  const { record, failure } = form;
  if (failure === 'forbidden') return { kind: 'hidden' };
  const offline = host.offline || failure === 'offline';
  if (record === null) return { kind: 'unread', offline };
  const { mapping } = record;
  if (mapping === null) return withoutMapping(record, form);
  if (mapping.provisioning === FAILED) {
    return isUnderWay(form.command) ? { kind: 'provisioning', step: 1 } : { kind: 'failed', mapping };
  }
  if (mapping.provisioning !== LINKED) {
    return { kind: 'provisioning', step: Math.min(LINKED, (mapping.provisioning ?? 0) + 1) };
  }
  if (mapping.projectArchived || mapping.mappingStatus === ARCHIVED) return { kind: 'archived', mapping };
  if (offline) return { kind: 'offline', mapping };
  const fresh = freshness(mapping, form.now);
  if (fresh.kind === 'failing') return { kind: 'stale', mapping };
  return { kind: fresh.kind === 'old' ? 'old' : 'linked', mapping };
}

function withoutMapping(record: BudgetRecord, form: FormState): ProjectState {
  if (form.command?.name === 'create' && isUnderWay(form.command)) return { kind: 'provisioning', step: 1 };
  return { kind: isReady(record) ? 'ready' : 'missing', record };
}

/** Open, and a budget strictly greater than the threshold. */
export function isReady({ opportunity, settings }: BudgetRecord): boolean {
  return opportunity.open && exceedsProvisioningThreshold(opportunity.budgetAmount, settings.budgetThreshold);
}
