import type { ActionView, ChipView } from '@crmjira/form-data';

/** Everything the control draws, in the user's language and formats; what is left out is not drawn. */
export interface StatusView {
  /** name of the state, for tests and announcements */
  readonly state: string;
  readonly title: string;
  readonly narrow: boolean;
  readonly chips: readonly ChipView[];
  readonly loading?: string;
  /** for those who cannot see the lock */
  readonly locked?: string;
  readonly share?: string;
  readonly shareHint?: string;
  /** what made the status so */
  readonly why?: string;
  /** the person's own review task */
  readonly review?: string;
  readonly actions?: readonly ActionView[];
}
