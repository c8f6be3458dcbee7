/** @jsx h */
import type * as React from 'react';
import { h } from './h';

/** Fluent v8 names of the drawings in icons.css. */
export type IconName =
  | 'Info'
  | 'Add'
  | 'Completed'
  | 'CircleRing'
  | 'Clock'
  | 'Warning'
  | 'ErrorBadge'
  | 'PlugDisconnected'
  | 'Archive'
  | 'Lock'
  | 'Save'
  | 'Sync'
  | 'OpenInNewWindow'
  | 'LineChart'
  | 'Table'
  | 'BranchMerge'
  | 'Copy'
  | 'Link'
  | 'Undo'
  | 'Edit'
  | 'Accept'
  | 'Play'
  | 'Hide'
  | 'Blocked'
  | 'Send'
  | 'Cancel'
  | 'ChevronDown'
  | 'Switch'
  | 'Back'
  | 'Forward'
  | 'CircleHalfFull'
  | 'More'
  | 'RemoveLink'
  | 'Search'
  | 'Cloud'
  | 'CloudUpload'
  | 'RemoveLinkX'
  | 'Key'
  | 'Contact'
  | 'PlugConnected'
  | 'ChevronLeft'
  | 'ChevronRight'
  | 'Filter'
  | 'Timer'
  | 'Stop'
  | 'Remove'
  | 'ProgressRingDots';

/** Decorative: the words beside it say the same. */
export function Icon({ name, turning }: { readonly name: IconName; readonly turning?: boolean }): React.ReactElement {
  return (
    <i className={`crmjira-icon${turning ? ' crmjira-turning' : ''}`} data-fluent-icon={name} aria-hidden="true" />
  );
}
