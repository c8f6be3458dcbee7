import * as React from 'react';

/**
 * Drawings named as Fluent's icons. They are inline because the icon font of Fluent v8 comes from a content network, which a
 * tenant's policy may block and the sandbox never asks. 16 × 16, stroked in the text's colour; `!` starts a filled part.
 * Each stands by itself, so that a bundle holds only those it draws.
 */
export type Drawing = readonly [name: string, ...paths: string[]];

export const iconInfo: Drawing = [
  'Info',
  'M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8',
  'M8 7.3v4',
  '!M8 4a.9.9 0 1 0 0 1.8A.9.9 0 0 0 8 4',
];

export const iconAdd: Drawing = ['Add', 'M8 2.5v11M2.5 8h11'];

export const iconCompleted: Drawing = [
  'Completed',
  'M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8',
  'm5 8.2 2.2 2.2L11 6',
];

export const iconCircleRing: Drawing = ['CircleRing', 'M8 2.2a5.8 5.8 0 1 0 0 11.6A5.8 5.8 0 0 0 8 2.2'];

export const iconClock: Drawing = ['Clock', 'M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8', 'M8 4.5V8l2.5 1.5'];

export const iconWarning: Drawing = [
  'Warning',
  'M8 2l6.5 11.8h-13z',
  'M8 6.5V10',
  '!M8 11.1a.8.8 0 1 0 0 1.6.8.8 0 0 0 0-1.6',
];

export const iconErrorBadge: Drawing = [
  'ErrorBadge',
  'M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8',
  'M8 4.5v4.3',
  '!M8 10.3a.9.9 0 1 0 0 1.8.9.9 0 0 0 0-1.8',
];

export const iconPlugDisconnected: Drawing = [
  'PlugDisconnected',
  'M2 14l2.6-2.6M4 8.5 7.5 12A2.5 2.5 0 0 1 4 8.5zM12 7.5 8.5 4A2.5 2.5 0 0 1 12 7.5zM11.5 4.5 14 2M9.5 8.5l-1 1M7.5 6.5l-1 1',
];

export const iconArchive: Drawing = ['Archive', 'M2 3h12v3H2zM3 6v7.5h10V6M6.5 8.8h3'];

export const iconLock: Drawing = ['Lock', 'M3.5 7.5h9V14h-9z', 'M5.5 7.5V5a2.5 2.5 0 0 1 5 0v2.5'];

export const iconSave: Drawing = ['Save', 'M2.5 2.5h9l2 2v9h-11z', 'M5 2.5v3.5h5V2.5M4.5 13.500V9h7v4.5'];

export const iconSync: Drawing = [
  'Sync',
  'M13.5 6.5A5.8 5.8 0 0 0 3 5M2.5 9.5A5.8 5.8 0 0 0 13 11M3 2v3h3M13 14v-3h-3',
];

export const iconOpenInNewWindow: Drawing = ['OpenInNewWindow', 'M6.5 3h-4v10.500H13v-4M9.5 2.5h4v4M13.2 2.8 7.5 8.5'];

export const iconLink: Drawing = [
  'Link',
  'M6.5 9.5l3-3M7 5l1.8-1.8a2.8 2.8 0 0 1 4 4L11 9M9 11l-1.8 1.8a2.8 2.8 0 0 1-4-4L5 7',
];

export const iconLineChart: Drawing = ['LineChart', 'M2 2v12h12M4.5 10.500 7.5 7 10 9l3.5-5'];

export const iconTable: Drawing = ['Table', 'M2 3h12v10.500H2zM2 6.5h12M2 10h12M6.5 6.5v7'];

export const iconBranchMerge: Drawing = ['BranchMerge', 'M4 2v12M4 6c0 4 8 1 8 6M10 10l2 2.500 2-2.500'];

export const iconProgressRingDots: Drawing = ['ProgressRingDots', 'M8 2.2A5.8 5.8 0 0 1 13.8 8'];

/** Decorative: the words beside it say the same. */
export function Icon({ of, turning }: { readonly of: Drawing; readonly turning?: boolean }): React.ReactElement {
  const [name, ...paths] = of;
  return (
    <svg
      className={`crmjira-icon${turning ? ' crmjira-turning' : ''}`}
      viewBox="0 0 16 16"
      aria-hidden="true"
      focusable="false"
      data-fluent-icon={name}
    >
      {paths.map((path) =>
        path.startsWith('!') ? (
          <path key={path} d={path.slice(1)} className="crmjira-filled" />
        ) : (
          <path key={path} d={path} />
        ),
      )}
    </svg>
  );
}
