import { isForbidden } from '@crmjira/form-data';
import { type CommandOutcome, type ReadOutcome, follow, followCommand } from './follow-command';
import { followRefusal } from './follow-refusal';
import { type WordKey, words } from './words';

const NOTIFICATION = 'crmjira.command';

/** Milliseconds for which good news stands; what needs a person stays. */
const GOOD_NEWS_FOR = 10_000;

/** What an action of the command bar tells the person when it has done its part. */
export interface Said {
  readonly key: WordKey;
  readonly places?: Readonly<Record<string, string>>;
  /** id of the command row whose answer is still to come */
  readonly commandId?: string;
  /** reads what became of something else whose answer is still to come */
  readonly outcome?: ReadOutcome;
  /** id of a request for approval, which the service may refuse */
  readonly requestId?: string;
}

/** Nothing was asked for. */
const WARNINGS: readonly WordKey[] = [
  'unsaved',
  'keyHidden',
  'ownRequest',
  'taken',
  'requestExpired',
  'amountApproved',
];

let stopFollowing: () => void = () => undefined;

/**
 * The one notice of the command bar on the form: what was asked for, then what came of it. A new command takes the place of the
 * one before; a failure is said in words and nothing is lost.
 */
export async function withNotice(formContext: Xrm.FormContext, action: () => Promise<Said | null>): Promise<void> {
  const { ui } = formContext;
  stopFollowing();
  ui.clearFormNotification(NOTIFICATION);
  try {
    const said = await action();
    if (said === null) return;
    ui.setFormNotification(
      words(said.key, said.places),
      WARNINGS.includes(said.key) ? 'WARNING' : 'INFO',
      NOTIFICATION,
    );
    if (said.commandId !== undefined)
      stopFollowing = followCommand(said.commandId, (outcome) => tell(formContext, outcome));
    if (said.outcome !== undefined)
      stopFollowing = follow(said.outcome, (outcome) => tell(formContext, outcome, false));
    if (said.requestId !== undefined)
      stopFollowing = followRefusal(said.requestId, (result) => tell(formContext, { state: 'refused', result }));
  } catch (error) {
    console.error('A command could not be sent.', error);
    ui.setFormNotification(words(isForbidden(error) ? 'notAllowed' : 'failed'), 'ERROR', NOTIFICATION);
  }
}

/** @param refreshes false where the controls of the form show by themselves what came of it */
function tell(formContext: Xrm.FormContext, { state, result }: CommandOutcome, refreshes = true): void {
  const { data, ui } = formContext;
  if (state === 'waiting') {
    ui.setFormNotification(result || words('waiting'), 'WARNING', NOTIFICATION);
    return;
  }
  if (state === 'done') {
    ui.setFormNotification(result || words('done'), 'INFO', NOTIFICATION);
    const timer = setTimeout(() => ui.clearFormNotification(NOTIFICATION), GOOD_NEWS_FOR);
    stopFollowing = () => clearTimeout(timer);
  } else
    ui.setFormNotification(
      state === 'noEffect' ? result : words(state === 'refused' ? 'refused' : 'commandFailed', { result }).trim(),
      'ERROR',
      NOTIFICATION,
    );
  // What a person is editing is never overwritten.
  if (!refreshes || data.entity.getIsDirty()) return;
  Promise.resolve(data.refresh(false)).then(
    () => ui.refreshRibbon(),
    (error: unknown) => console.error('The form could not be refreshed.', error),
  );
}
