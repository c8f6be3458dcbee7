import { ErrorClass, type Language, SyncTrigger, failureSentence, sayFault } from '@crmjira/domain';
import type { ChipView } from '@crmjira/form-data';
import type { integrationsTexts } from '../../strings/generated/integrations';
import type { PageFormat } from '../platform/page-format';
import { type Say, counted } from '../platform/page-words';
import type { AdminAct, Run, RunStatus } from './run';

type Key = keyof typeof integrationsTexts;
export type IntegrationsSay = Say<typeof integrationsTexts>;

const TRIGGERS = {
  [SyncTrigger.Scheduled]: 'scheduled',
  [SyncTrigger.Manual]: 'manual',
  [SyncTrigger.Webhook]: 'webhook',
  [SyncTrigger.Retry]: 'retry',
  [SyncTrigger.DryRun]: 'dryRun',
} as const satisfies Readonly<Record<SyncTrigger, Key>>;

export const triggerText = (trigger: SyncTrigger | null, say: IntegrationsSay): string =>
  trigger === null ? '–' : say(TRIGGERS[trigger]);

const CHIPS = {
  succeeded: { tone: 'ok', icon: 'Completed' },
  failed: { tone: 'over', icon: 'ErrorBadge' },
  running: { tone: 'brand', icon: 'ProgressRingDots' },
} as const satisfies Readonly<Record<RunStatus, Omit<ChipView, 'text'>>>;

export const statusChip = (status: RunStatus, say: IntegrationsSay): ChipView => ({
  ...CHIPS[status],
  text: say(status),
});

/** Words of a cause and of what to check first (R-1411); 0: one that no class tells. */
const CAUSES = {
  [ErrorClass.Authentication]: ['causeAuthentication', 'hintAuthentication'],
  [ErrorClass.Timeout]: ['causeTimeout', 'hintTimeout'],
  [ErrorClass.RateLimit]: ['causeRateLimit', 'hintRateLimit'],
  [ErrorClass.Mapping]: ['causeMapping', 'hintMapping'],
  [ErrorClass.Permission]: ['causePermission', 'hintPermission'],
  [ErrorClass.NotFound]: ['causeNotFound', 'hintNotFound'],
  [ErrorClass.WrongProduct]: ['causeWrongProduct', 'hintWrongProduct'],
  [ErrorClass.Invalid]: ['causeInvalid', 'hintInvalid'],
  [ErrorClass.Unreachable]: ['causeUnreachable', 'hintUnreachable'],
  [ErrorClass.Conflict]: ['causeConflict', 'hintConflict'],
  0: ['causeOther', 'hintOther'],
} as const satisfies Readonly<Record<ErrorClass | 0, readonly [Key, Key]>>;

export const causeText = (cause: ErrorClass | null, say: IntegrationsSay): string => say(CAUSES[cause ?? 0][0]);
export const hintText = (cause: ErrorClass | null, say: IntegrationsSay): string => say(CAUSES[cause ?? 0][1]);

/** What failed and what helps, in the language of whoever reads; null: the row does not tell by facts. Pure. */
export function failureWords(
  { status, code, args, message }: Pick<Run, 'status' | 'code' | 'args' | 'message'>,
  language: Language,
): { readonly says: string; readonly remedy: string } | null {
  if (status !== 'failed' || code === null) return null;
  if (args !== null) return sayFault({ name: code, args }, language);
  return { says: failureSentence(code, message ?? '', language), remedy: '' };
}

/** Why a run failed, in one line; rows of before have a sentence in English only. Empty: it did not. Pure. */
export function whatHappened(run: Run, language: Language, say: IntegrationsSay): string {
  const { status, cause, message } = run;
  if (status !== 'failed') return '';
  const named = cause === null ? null : causeText(cause, say);
  return failureWords(run, language)?.says ?? (language === 3084 ? (named ?? message) : (message ?? named)) ?? '';
}

/** `41 records · 3.2 s` */
export function sizeText({ processed, durationMs }: Run, say: IntegrationsSay, format: PageFormat): string {
  const records = counted<typeof integrationsTexts>(say, 'records', processed, format);
  return durationMs === null ? records : `${records} · ${say('seconds', { s: format.number(durationMs / 1_000, 1) })}`;
}

/** What the service writes of an administrator's action, and its words. */
const ACTIONS: ReadonlyMap<string, Key> = new Map([
  ['created', 'actCreated'],
  ['changed', 'actChanged'],
  ['mapping-changed', 'actMappingChanged'],
  ['tested', 'actTested'],
  ['activated', 'actActivated'],
  ['deactivated', 'actDeactivated'],
  ['deleted', 'actDeleted'],
  ['run', 'actRun'],
  ['run-confirmed', 'actRunConfirmed'],
  ['secret-rotated', 'actSecretRotated'],
  ['mapping-tried', 'actMappingTried'],
]);

const REFUSED = /^refused(-role)?:/;

/** An action in words; one that this version does not know is shown as it stands. Pure. */
export function actionText({ action }: Pick<AdminAct, 'action'>, say: IntegrationsSay): string {
  const plain = action.replace(REFUSED, '');
  const key = ACTIONS.get(plain);
  const words = key === undefined ? plain : say(key);
  return isRefused({ action }) ? say('refusedAct', { action: words }) : words;
}

export const isRefused = ({ action }: Pick<AdminAct, 'action'>): boolean => REFUSED.test(action);

/** What it was done to, and why it was refused where the role was what lacked. Pure. */
export const targetText = ({ action, on }: Pick<AdminAct, 'action' | 'on'>, say: IntegrationsSay): string =>
  action.startsWith('refused-role:') ? [on, say('needsRole')].filter(Boolean).join(' · ') : on;
